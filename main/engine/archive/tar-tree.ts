import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar'
import { asDamage, damaged } from './damage.ts'
import { type Counter, isBomb, safePath } from './entry-name.ts'

const broken = 'This archive is damaged or incomplete. Download it again.'
const kept: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory'])
/** What is said of bytes that are no whole tar. */
const fatal: ReadonlySet<string> = new Set(['TAR_BAD_ARCHIVE', 'TAR_ENTRY_INVALID', 'TAR_ABORT'])

/** Unpacks a tar into a new folder in `scratch`, whose path it gives. Throws `archive-damaged`; then nothing is left there. */
export async function extractTar(path: string, scratch: string, count: Counter, isGzip: boolean): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'tar-'))
  const stop = new AbortController()
  let failure: unknown = null
  const fail = (error: unknown): void => {
    failure ??= error
    stop.abort()
  }
  try {
    const unpack = extract({
      cwd: folder,
      noMtime: true,
      preserveOwner: false,
      filter: (name, entry) => {
        if (failure !== null) return false
        try {
          count(entry.size ?? 0)
        } catch (error) {
          fail(error)
          return false
        }
        if (!('type' in entry) || !kept.has(entry.type) || safePath(name) === null) return false
        entry.mode = entry.type === 'Directory' ? 0o700 : 0o600
        return true
      },
      onwarn: (code, message) => {
        if (fatal.has(code)) fail(damaged(broken, new Error(message)))
      },
    }) as unknown as Writable
    const [unzip, ratio] = isGzip ? bounded() : [new PassThrough(), new PassThrough()]
    await pipeline(createReadStream(path), unzip, ratio, unpack, { signal: stop.signal })
    if (failure !== null) throw failure
    return folder
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    throw failure ?? asDamage(error, broken)
  }
}

/** Unpacks gzip until it gives far more than an export could. */
function bounded(): [Transform, Transform] {
  const unzip = createGunzip()
  let unpacked = 0
  const ratio = new Transform({
    transform(piece: Buffer, _, done) {
      unpacked += piece.length
      if (isBomb(unzip.bytesWritten, unpacked))
        done(damaged('This archive would unpack to far more than it can hold. It is not an export of a service.'))
      else done(null, piece)
    },
  })
  return [unzip, ratio]
}
