import { fsyncSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** errno of EIO in the emulated system; PostgreSQL answers it with a PANIC, which is what a lost write deserves. */
const eio = 29

interface NodeStream {
  readonly nfd?: number
}

/**
 * PGlite's own file system never calls fsync: `fdatasync` is a stub and NODEFS has no `fsync` at all, so a power cut
 * loses acknowledged commits. This adds the missing call. It works only together with `wal_sync_method=fsync`.
 */
export class DurableNodeFS extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(...given)
    const hooks = (result.emscriptenOpts.preRun ??= [])
    if (!Array.isArray(hooks)) throw new Error('this PGlite has no list of preRun hooks')
    hooks.push((mod: unknown) => {
      const { NODEFS } = mod as { NODEFS: { stream_ops: { fsync?: (stream: NodeStream) => number } } }
      NODEFS.stream_ops.fsync = (stream) => {
        if (stream.nfd === undefined) return 0
        try {
          fsyncSync(stream.nfd)
          return 0
        } catch (error) {
          const code = (error as NodeJS.ErrnoException).code
          // Folders and special files cannot be synced everywhere; Windows refuses handles opened for reading.
          const isHarmless =
            code === 'EINVAL' || code === 'EISDIR' || (process.platform === 'win32' && code === 'EPERM')
          return isHarmless ? 0 : eio
        }
      }
    })
    return result
  }
}
