import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { CofferError, systemCode } from '../base/errors.ts'
import { makeFolders } from '../base/folders.ts'
import { isInside } from '../base/paths.ts'
import { isJunkFile, isJunkFolder } from '../files/index.ts'
import { manifestName, manifestSchema, formatVersion, type Manifest } from './format.ts'
import { readText, writeText } from './lines.ts'

/** A folder an export may go into; `before` is the export that is there already, finished or not. */
export interface Target {
  readonly dir: string
  readonly before: Manifest | null
}

/**
 * Looks whether an export of this vault and person may go into a folder: it must be missing, empty, or an export of the
 * same that is to be continued or brought up to date. Makes nothing. Throws `bad-request`, `path-inside-vault`,
 * `export-not-empty`, `file-unreadable`.
 */
export async function acceptTarget(
  path: string,
  owner: { readonly vaultDir: string; readonly vaultId: string; readonly personId: string },
): Promise<Target> {
  if (!isAbsolute(path)) throw new CofferError(`“${path}” is not a full path.`, { code: 'bad-request' })
  const dir = resolve(path)
  await refuseVault(dir, owner.vaultDir)
  const names = (await namesIn(dir)).filter((name) => !isJunkFile(name) && !isJunkFolder(name))
  if (names.every((name) => name === `${manifestName}.part`)) return { dir, before: null }
  const before = names.includes(manifestName) ? await readManifest(dir) : null
  if (!before) {
    throw new CofferError(`${dir} is not empty. An export needs a folder of its own.`, { code: 'export-not-empty' })
  }
  if (before.vaultId !== owner.vaultId || before.personId !== owner.personId) {
    throw new CofferError(`${dir} contains an export of another vault or person. Choose another folder.`, {
      code: 'export-not-empty',
    })
  }
  if (before.format > formatVersion) {
    throw new CofferError(`The export in ${dir} was made by a newer version of Coffer. Choose another folder.`, {
      code: 'export-not-empty',
    })
  }
  return { dir, before }
}

/** Looks whether copies may go into a folder, whatever else lies there. Throws `bad-request`, `path-inside-vault`, `file-unreadable`. */
export async function acceptFolder(path: string, vaultDir: string): Promise<string> {
  if (!isAbsolute(path)) throw new CofferError(`“${path}” is not a full path.`, { code: 'bad-request' })
  const dir = resolve(path)
  await refuseVault(dir, vaultDir)
  await namesIn(dir)
  return dir
}

/** Makes the folder and writes into it whose it is, so that the next run knows it again however this one ends. */
export async function claimTarget({ dir }: Target, manifest: Manifest): Promise<void> {
  await makeFolders(dir)
  await writeManifest(dir, manifest)
}

export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  await writeText(dir, manifestName, `${JSON.stringify(manifest, null, 2)}\n`)
}

/** The manifest of an export of Coffer; null for a folder that is not one, or whose manifest cannot be read. */
export async function readManifest(dir: string): Promise<Manifest | null> {
  try {
    const read = manifestSchema.safeParse(JSON.parse((await readText(dir, manifestName)) ?? ''))
    return read.success ? read.data : null
  } catch {
    // Absent, unreadable, or no JSON: in each case nothing here can be relied on.
    return null
  }
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir)
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return []
    throw new CofferError(`${dir} is not a readable folder.`, { code: 'file-unreadable', cause })
  }
}

/** Also for a folder that is not there yet: what counts is where its nearest folder really lies. */
async function refuseVault(dir: string, vaultDir: string): Promise<void> {
  const vault = await realpath(vaultDir)
  let near = dir
  while (!(await stat(near).catch(() => null)) && dirname(near) !== near) near = dirname(near)
  const real = resolve(await realpath(near), dir.slice(near.length).replace(/^[/\\]+/, ''))
  if (!isInside(real, vault)) return
  throw new CofferError('An export inside the vault would be lost with it. Choose another folder.', {
    code: 'path-inside-vault',
  })
}
