import { lstat, mkdtemp, readdir, rm, rmdir, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemCode } from './errors.ts'
import { makeFolders } from './folders.ts'
import { isRealFolder, makeFolderInside, pathOutside } from './inside.ts'
import { platformDataFolder } from './paths.ts'

/** Where a vault keeps what is worthless once the process that made it has ended. */
export const scratchName = 'scratch'

/**
 * A fresh folder inside a vault for work that holds what the vault holds: rows, originals, uploads. On the vault's disk, for
 * its owner only, and gone at the next open when nobody else removed it.
 */
export async function vaultScratch(vaultDir: string, kind: ScratchKind): Promise<string> {
  return mkdtemp(join(await makeFolderInside(vaultDir, scratchName), `${kind}-`))
}

type ScratchKind = 'archive' | 'backup' | 'demo' | 'dump' | 'proof' | 'sql' | 'upload'

/** Removes what an engine that was killed left in the scratch of a vault. The vault's lock must be held. */
export async function sweepVaultScratch(vaultDir: string): Promise<void> {
  await removeAllIn(join(vaultDir, scratchName))
  // Where earlier versions of this program put it.
  for (const name of await readdir(vaultDir)) {
    if (/^backup\.[0-9a-f-]+\.tmp$/.test(name)) await rm(join(vaultDir, name), { recursive: true, force: true })
  }
}

/** The same for work on backups where no vault is open: in the person's own data folder, never in one that all share. */
export async function personalScratch(kind: ScratchKind): Promise<string> {
  const folder = personalFolder()
  await makeFolders(folder)
  if (!(await isRealFolder(folder))) throw pathOutside()
  await sweepDead(folder, (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }))
  return mkdtemp(join(folder, `${kind}-${process.pid}-`))
}

function personalFolder(): string {
  return join(platformDataFolder(), scratchName)
}

async function removeAllIn(folder: string): Promise<void> {
  if (!(await isRealFolder(folder))) {
    await unlink(folder).catch(() => {})
    return
  }
  for (const name of await readdir(folder))
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
}

/** A socket's whole path must fit into 104 bytes on macOS, 107 on Linux. */
const longestFolder = 60

/**
 * A fresh folder for a socket and what is needed to use it, which nobody else can look into. Its name tells which process made
 * it, so that `sweepRuntime` knows when it is left over.
 */
export async function runtimeFolder(kind: 'engine' | 'postgres'): Promise<string> {
  return mkdtemp(join(temporaryFolder(), `${runtimePrefix}${kind}-${process.pid}-`))
}

const runtimePrefix = 'coffer-'
const runtimeName = /^(?:coffer-(?:engine|postgres)|backup|demo|proof|sql|upload)-(\d+)-[A-Za-z0-9]{6}$/

function temporaryFolder(): string {
  return tmpdir().length > longestFolder && process.platform !== 'win32' ? '/tmp' : tmpdir()
}

/** Where programs lie that another user of the computer runs, by their name; one path for all vaults of this person. */
export function sharedPlace(name: string): string {
  return join(temporaryFolder(), `${runtimePrefix}${name}-${process.getuid?.() ?? 0}`)
}

/** A fresh folder beside such a place, which becomes it by a rename. */
export async function freshShared(place: string): Promise<string> {
  return mkdtemp(`${place}-`)
}

/** Removes the folders that engines which have died left in the temporary folder, and the scratch of such programs. */
export async function sweepRuntime(): Promise<void> {
  // Only files lie in them. The temporary folder belongs to everybody, so nothing below another folder is touched.
  await sweepDead(temporaryFolder(), async (path) => {
    for (const name of await readdir(path)) await unlink(join(path, name))
    await rmdir(path)
  })
  await sweepDead(personalFolder(), (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }))
}

async function sweepDead(folder: string, remove: (path: string) => Promise<void>): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = runtimeName.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    const path = join(folder, name)
    const facts = await lstat(path).catch(() => null)
    if (facts?.isDirectory() !== true || !isOwn(facts.uid)) continue
    // One that cannot be removed is somebody's to remove, and no reason not to start.
    await remove(path).catch(() => {})
  }
}

/** Root also sweeps what the user it runs servers as has left. */
function isOwn(uid: number): boolean {
  const me = process.getuid?.() ?? uid
  return me === uid || me === 0
}

/** Whether a process of this number runs; one of another person does, too. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
