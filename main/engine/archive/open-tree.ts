import { open, rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync, constants } from 'node:zlib'
import { damaged } from './damage.ts'
import { counter, isMeaningful, isRubbish, type Counter } from './entry-name.ts'
import { folderFiles, plainFile } from './folder-tree.ts'
import { extractTar } from './tar-tree.ts'
import type { Tree, TreeFile } from './tree.ts'
import { type Opened, zipFiles } from './zip-tree.ts'

/**
 * Opens an export for reading: a folder, a zip, a tar (also with gzip), one plain file, or several of these that are parts of
 * one export. Tars are unpacked into a folder of their own in `scratch`, which goes when the tree is disposed of. Throws
 * `archive-damaged` and `archive-encrypted`. Names that would lead elsewhere, links and devices are left out; of two files of
 * one name the last one counts.
 */
export async function openTree(paths: readonly string[], scratch: string): Promise<Tree & AsyncDisposable> {
  const opened: Opened[] = []
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0)) await each.close()
  }
  try {
    const count = counter()
    const merged = new Map<string, TreeFile>()
    for (const path of paths) {
      const part = await openOne(path, scratch, count)
      opened.push(part)
      for (const file of withoutTop(part.files.filter(({ path }) => !isRubbish(path)))) merged.set(file.path, file)
    }
    const files = withoutTop([...merged.values()]).toSorted((a, b) => (a.path < b.path ? -1 : 1))
    const byPath = new Map(files.map((file) => [file.path, file]))
    return {
      name: basename(paths[0] ?? ''),
      files: () => files,
      find: (path) => byPath.get(path) ?? null,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function openOne(path: string, scratch: string, count: Counter): Promise<Opened> {
  const facts = await stat(path)
  if (facts.isDirectory()) return { files: await folderFiles(path, count), close: async () => {} }
  if (!facts.isFile()) throw damaged('This is neither a file nor a folder.')
  const head = await headOf(path)
  if (isZip(head) || /\.zip$/i.test(path)) return zipFiles(path, count)
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  if (isGzip ? isTar(unzippedHead(head)) || /\.(?:tgz|tar\.gz)$/i.test(path) : isTar(head) || /\.tar$/i.test(path)) {
    const folder = await extractTar(path, scratch, count, isGzip)
    const close = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 })
    try {
      return { files: await folderFiles(folder, counter()), close }
    } catch (error) {
      await close()
      throw error
    }
  }
  count(facts.size)
  return { files: [plainFile(path, basename(path), facts.size)], close: async () => {} }
}

/** Files without the folders that hold all of them, unless a source knows such a folder by its name. */
function withoutTop(files: readonly TreeFile[]): readonly TreeFile[] {
  let length = 0
  for (;;) {
    const first = files[0]?.path ?? ''
    const slash = first.indexOf('/', length)
    if (slash < 0 || isMeaningful(first.slice(length, slash))) break
    const top = first.slice(0, slash + 1)
    if (!files.every(({ path }) => path.startsWith(top))) break
    length = top.length
  }
  return length === 0 ? files : files.map((file) => moved(file, file.path.slice(length)))
}

function moved(file: TreeFile, path: string): TreeFile {
  return { path, size: file.size, open: () => file.open(), bytes: (maxBytes) => file.bytes(maxBytes) }
}

async function headOf(path: string): Promise<Buffer> {
  await using file = await open(path)
  const head = Buffer.alloc(4096)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  return head.subarray(0, bytesRead)
}

function isZip(head: Buffer): boolean {
  const signature = head.length < 4 ? 0 : head.readUInt32LE(0)
  return signature === 0x04034b50 || signature === 0x06054b50
}

function isTar(head: Buffer): boolean {
  return head.subarray(257, 262).toString('latin1') === 'ustar'
}

/** What the first bytes of a gzip file unpack to; empty when they do not. */
function unzippedHead(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 << 20 })
  } catch {
    return Buffer.alloc(0)
  }
}
