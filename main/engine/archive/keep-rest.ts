import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { keepExport, type IntakeContext } from '../intake/index.ts'
import type { Tree } from './tree.ts'
import type { ArchiveRun } from './types.ts'

/** The same files make the same archive, byte for byte, whenever and wherever: then one that comes twice is kept once. */
const always = { mtime: new Date('1980-01-01T00:00:00'), mode: 0o600 } as const
/** What is small already. */
const packed = /\.(?:jpe?g|png|gif|webp|heic|mp4|mov|m4v|webm|mp3|m4a|aac|ogg|zip|gz|car|pdf)$/i

/**
 * Keeps all of an export that did not become an original of the library, as one archive: a later version of Coffer reads more
 * from it, and nothing the service gave is lost.
 */
export async function keepRest(
  context: IntakeContext,
  run: ArchiveRun,
  tree: Tree,
  kept: ReadonlySet<string>,
): Promise<void> {
  const rest = tree.files().filter((file) => !kept.has(file.path))
  if (rest.length === 0) return
  const path = join(run.scratch, 'rest.zip')
  const zip = new ZipFile()
  const writing = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }), { signal: run.work.signal })
  // What fails is thrown where it is awaited.
  writing.catch(() => {})
  for (const file of rest) {
    zip.addReadStreamLazy(file.path, { ...always, compress: !packed.test(file.path) }, (give) => {
      file.open().then(
        (stream) => give(null, stream),
        (error: unknown) => {
          zip.emit('error', error)
          give(error, new PassThrough())
        },
      )
    })
  }
  zip.on('error', (error: unknown) =>
    (zip.outputStream as PassThrough).destroy(error instanceof Error ? error : undefined),
  )
  zip.end()
  await writing
  const from = tree.name.replace(/\.(?:zip|tgz|tar\.gz|tar|gz)$/i, '')
  await keepExport(context, run, { path, from: `${from}.zip` }, run.work.signal)
}
