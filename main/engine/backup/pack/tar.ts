import { Header } from 'tar/header'
import { CofferError } from '../../base/errors.ts'

const block = 512

/** The header of one file in a tar: ustar, no owner, no time. */
export function tarHeader(path: string, size: number): Buffer {
  const header = new Header({ path, size, type: 'File', mode: 0o600, uid: 0, gid: 0, mtime: new Date(0) })
  const bytes = Buffer.alloc(block)
  if (header.encode(bytes, 0)) throw new Error('a name does not fit a tar header')
  return bytes
}

/** Zeros after the bytes of a file, up to the next block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}

/** The end of a tar of `written` bytes so far, filled up to a multiple of `unit`. */
export function tarEnd(written: number, unit: number): Buffer {
  const least = written + 2 * block
  return Buffer.alloc(Math.ceil(least / unit) * unit - written)
}

/** Takes the bytes of one entry as they come. */
export interface EntrySink {
  data(bytes: Buffer): void
  end(): void
  /** The rest will never come. */
  abort(): void
}

/** Reads a tar fed to it piece by piece; `onEntry` says what to do with each file. Throws `backup-damaged` for nonsense. */
export function tarReader(onEntry: (path: string, size: number) => EntrySink): {
  write(bytes: Buffer): void
  end(): void
  abort(): void
} {
  let held = Buffer.alloc(0)
  let sink: EntrySink | null = null
  let left = 0
  let padding = 0
  let isOver = false

  function step(bytes: Buffer): Buffer {
    if (isOver) return bytes.subarray(bytes.length)
    if (sink && left > 0) {
      const part = bytes.subarray(0, Math.min(left, bytes.length))
      sink.data(part)
      left -= part.length
      if (left === 0) finish()
      return bytes.subarray(part.length)
    }
    if (padding > 0) {
      const skip = Math.min(padding, bytes.length)
      padding -= skip
      return bytes.subarray(skip)
    }
    const need = block - held.length
    held = Buffer.concat([held, bytes.subarray(0, need)])
    if (held.length === block) begin()
    return bytes.subarray(Math.min(need, bytes.length))
  }

  function begin(): void {
    const header = new Header(held, 0)
    held = Buffer.alloc(0)
    if (header.nullBlock) {
      isOver = true
      return
    }
    const { path, size, type } = header
    if (!header.cksumValid || path === undefined || size === undefined || type !== 'File') throw damaged()
    sink = onEntry(path, size)
    left = size
    padding = tarPadding(size).length
    if (size === 0) finish()
  }

  function finish(): void {
    sink?.end()
    sink = null
  }

  return {
    write(bytes) {
      for (let rest = bytes; rest.length > 0;) rest = step(rest)
    },
    end() {
      if (!isOver) throw damaged()
    },
    abort() {
      sink?.abort()
      sink = null
    },
  }
}

function damaged(): CofferError {
  return new CofferError('A file of the backup is damaged: it is not a complete archive.', { code: 'backup-damaged' })
}
