import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as exifrModule from 'exifr'
import sharp from 'sharp'

// exifr is CommonJS: Node finds its functions on the default export only.
const exifr = exifrModule.default
// As in the engine: one thread for each picture, one worker for each core.
sharp.concurrency(1)
sharp.cache(false)

/** One photo as the bare pipeline has it: read, hash, tags, one decode, two sizes. Nothing is checked or stored. */
async function work(path: string, folder: string): Promise<void> {
  const bytes = await readFile(path)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const tags: unknown = await exifr.parse(bytes)
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize({ width: 1440, height: 1440, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  const name = basename(path)
  await sharp(data, { raw })
    .jpeg({ quality: 80 })
    .toFile(join(folder, `${name}.viewer`))
  await sharp(data, { raw })
    .resize({ width: 480, height: 480, fit: 'inside' })
    .jpeg({ quality: 80 })
    .toFile(join(folder, `${name}.grid`))
  process.send?.({ hash, hasTags: tags !== undefined })
}

process.on('message', ({ path, folder }: { path: string; folder: string }) => void work(path, folder))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
