import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { create } from 'tar'
import type { TestContext } from 'vitest'
import { ZipFile } from 'yazl'
import { openTree } from '../../main/engine/archive/open-tree.ts'
import type { Draft, Source } from '../../main/engine/archive/source.ts'
import type { Tree } from '../../main/engine/archive/tree.ts'
import { temporaryFolder } from '../support/folders.ts'

/** What lies in an export: bytes, texts, or what becomes JSON, by path. */
export type Files = Readonly<Record<string, string | Buffer | object>>

export function bytesOf(content: Files[string]): Buffer {
  if (Buffer.isBuffer(content)) return content
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
}

/** A folder with these files. */
export async function folderOf(t: TestContext, files: Files): Promise<string> {
  const folder = join(await temporaryFolder(t), 'export')
  await mkdir(folder)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytesOf(content))
  }
  return folder
}

/** A zip of these files. */
export async function zipOf(t: TestContext, files: Files, name = 'export.zip'): Promise<string> {
  const path = join(await temporaryFolder(t), name)
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(bytesOf(content), name)
  zip.end()
  await finished(zip.outputStream.pipe(createWriteStream(path)))
  return path
}

/** A tar with gzip of these files. */
export async function tarOf(t: TestContext, files: Files): Promise<string> {
  const folder = await folderOf(t, files)
  const path = join(await temporaryFolder(t), 'export.tar.gz')
  await create({ file: path, cwd: folder, gzip: true }, ['.'])
  return path
}

/** Opens an export for as long as a test runs. */
export async function treeOf(t: TestContext, ...paths: string[]): Promise<Tree> {
  const tree = await openTree(paths, await temporaryFolder(t))
  t.onTestFinished(() => tree[Symbol.asyncDispose]())
  return tree
}

/** All that a source reads from an export. */
export async function draftsOf(source: Source, tree: Tree): Promise<Draft[]> {
  const recognised = await source.recognise(tree)
  if (recognised === null) throw new Error(`${source.name} does not know this export`)
  return Array.fromAsync(source.read(tree, recognised))
}

/** Writes bytes into a file of their own. */
export async function fileOf(t: TestContext, name: string, bytes: Buffer): Promise<string> {
  const path = join(await temporaryFolder(t), name)
  await writeFile(path, bytes)
  return path
}
