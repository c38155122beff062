import { createHash } from 'node:crypto'
import { release } from '../../base/bytes.ts'
import { sealerWith, type AgeHead } from '../../keys/index.ts'
import { fileWriter } from './direct-file.ts'
import { tarEnd, tarHeader, tarPadding } from './tar.ts'

/** A tar is filled up to a multiple of this, so that its size tells no exact size. */
const fillUnit = 64 << 10

/** A tar that is sealed as it is written. Synchronous: for threads of their own. */
export interface SealedTar {
  /** Adds a file: `fill` puts exactly `size` bytes. */
  add<T>(name: string, size: number, fill: (put: (bytes: Buffer) => void) => T): T
  /** Ends the tar and closes the file. It is not synced yet. */
  finish(): { readonly size: number; readonly sha256: string }
}

/**
 * Writes one age file holding a tar where none is yet; `isNamed` asks for its SHA-256. What `work` returns is answered; when it gives `null`, or
 * throws, nothing is left behind. Throws what the destination throws.
 */
export function writeSealedTar<T>(
  path: string,
  head: AgeHead,
  isNamed: boolean,
  work: (tar: SealedTar) => T | null,
): T | null {
  const sealer = sealerWith(head)
  const out = fileWriter(path)
  const digest = isNamed ? createHash('sha256') : null
  let size = 0
  let plain = 0
  const take = (bytes: Buffer<ArrayBuffer>): void => {
    digest?.update(bytes)
    size += bytes.length
    out.write(bytes)
    release(bytes)
  }
  const put = (bytes: Buffer): void => {
    sealer.update(bytes, take)
    plain += bytes.length
  }
  let kept: T | null = null
  try {
    take(sealer.head)
    kept = work({
      add(name, bytes, fill) {
        put(tarHeader(name, bytes))
        const result = fill(put)
        put(tarPadding(bytes))
        return result
      },
      finish() {
        put(tarEnd(plain, fillUnit))
        sealer.final(take)
        out.finish()
        return { size, sha256: digest?.digest('hex') ?? '' }
      },
    })
    return kept
  } finally {
    if (kept === null) {
      out.abandon()
    }
  }
}
