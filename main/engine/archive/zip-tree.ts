import { type Readable, Transform, pipeline } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { CofferError } from '../base/errors.ts'
import { asDamage, damaged } from './damage.ts'
import { type Counter, isBomb, safePath } from './entry-name.ts'
import type { TreeFile } from './tree.ts'
import { wholeOf } from './whole.ts'

const broken = 'This zip is damaged or incomplete. Download it again.'

/** What one of the given paths holds. */
export interface Opened {
  readonly files: readonly TreeFile[]
  close(): Promise<void>
}

/** The files of a zip, read where they lie. Throws `archive-damaged` and `archive-encrypted`. */
export async function zipFiles(path: string, count: Counter): Promise<Opened> {
  // Names are decoded here: one bad name must not end the whole archive.
  const zip = await yauzl
    .openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true })
    .catch((error: unknown) => {
      throw asDamage(error, broken)
    })
  try {
    const files: TreeFile[] = []
    for await (const entry of zip.eachEntry()) {
      count(entry.uncompressedSize)
      const file = fileOf(zip, entry)
      if (file) files.push(file)
    }
    return { files, close: async () => zip.close() }
  } catch (error) {
    zip.close()
    throw asDamage(error, broken)
  }
}

function fileOf(zip: ZipFile, entry: Entry): TreeFile | null {
  // The extra fields hold a name of their own, which is asked first.
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
  const path = safePath(name)
  if (path === null || name.endsWith('/') || !isRegular(entry)) return null
  if (entry.isEncrypted())
    throw new CofferError('This zip is locked with a password. Unpack it first and choose the folder.', {
      code: 'archive-encrypted',
    })
  if (isBomb(entry.compressedSize, entry.uncompressedSize))
    throw damaged(`“${path}” in this zip would unpack to far more than it can hold. It is not an export of a service.`)
  const size = entry.uncompressedSize
  const open = async (): Promise<Readable> => {
    const message = `“${path}” in this zip is damaged. Download the zip again.`
    if (!entry.canDecodeFileData()) throw damaged(message)
    const packed = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
      throw asDamage(error, message)
    })
    return checked(packed, entry, message)
  }
  return { path, size, open, bytes: (maxBytes) => wholeOf(path, size, open, maxBytes) }
}

/** Neither link nor device, as far as the program that made the zip says. */
function isRegular(entry: Entry): boolean {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000
  return type === 0 || type === 0o100000
}

/** What a zip's own reader does not compare: the checksum. The stream's errors say which file is damaged. */
function checked(packed: Readable, entry: Entry, message: string): Readable {
  let size = 0
  let sum = 0
  const through = new Transform({
    transform(piece: Buffer, _, done) {
      size += piece.length
      sum = crc32(piece, sum)
      if (size > entry.uncompressedSize) done(damaged(message))
      else done(null, piece)
    },
    flush: (done) => done(size === entry.uncompressedSize && sum === entry.crc32 >>> 0 ? null : damaged(message)),
  })
  packed.once('error', (error) => through.destroy(asDamage(error, message) as Error))
  return pipeline(packed, through, () => {})
}
