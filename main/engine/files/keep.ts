import type { Dirent } from 'node:fs'
import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeDurably } from '../base/durable.ts'
import { isDiskFull, systemCode } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { makeFolderInside, openInside } from '../base/inside.ts'
import { keptPath, removeKept } from './kept.ts'

/** One file on its way to its final place. `to` is relative to the vault. `owner` is the row that will speak of it. */
export interface Keeping {
  readonly owner: string
  readonly from: string
  readonly to: string
  /** Originals are made durable before the commit; thumbnails can be made again. */
  readonly durable: boolean
}

/** File systems that cannot sync a folder say so in one of these ways. */
const cannotSync = ['EINVAL', 'ENOTSUP']

const intentName = /^intent-[0-9a-f-]+\.json$/

/**
 * Moves a batch to its final places, then runs `commit`, which must store the rows. It is given the owners of which a file
 * could not be moved, with the error, and returns every owner whose row it did not store: their files are removed again.
 * When the disk itself fails or `commit` throws, every file of the batch that no row speaks of is removed by the next
 * `sweepIncoming`, and the error is thrown.
 */
export async function keepAll(
  vaultDir: string,
  incoming: string,
  batch: readonly Keeping[],
  commit: (unmoved: ReadonlyMap<string, unknown>) => Promise<ReadonlySet<string>>,
): Promise<void> {
  if (batch.length === 0) {
    await commit(new Map())
    return
  }
  const intent = join(incoming, `intent-${newId()}.json`)
  await writeDurably(intent, JSON.stringify(batch.map(({ owner, to }) => ({ owner, to }))))
  await syncFolder(incoming, cannotSync)
  const folders = new Set(batch.map((file) => file.to.split('/').slice(1, -1).join('/')))
  for (const folder of folders) await makeFolderInside(join(vaultDir, 'users'), folder)
  const unmoved = new Map<string, unknown>()
  for (const file of batch) {
    if (unmoved.has(file.owner)) continue
    try {
      await rename(file.from, keptPath(vaultDir, file.to))
    } catch (error) {
      if (isDiskFull(error) || ['EROFS', 'EIO'].includes(systemCode(error) ?? '')) throw error
      unmoved.set(file.owner, error)
    }
  }
  const durableFolders = new Set(batch.filter((file) => file.durable).map(({ to }) => dirname(keptPath(vaultDir, to))))
  for (const folder of durableFolders) {
    await syncFolder(folder, cannotSync)
    await syncFolder(dirname(folder), cannotSync)
  }
  const left = await commit(unmoved)
  for (const file of batch) {
    if (left.has(file.owner) || unmoved.has(file.owner)) await removeKept(vaultDir, [file.to])
  }
  await rm(intent, { force: true })
}

/**
 * Puts right what a crash left in `incoming`, or in the folder of one import in it: files of unfinished batches that no row
 * speaks of are removed from their final places, then every temporary file and folder. The sources are untouched, so
 * nothing is lost: their items run again.
 */
export async function sweepIncoming(
  vaultDir: string,
  incoming: string,
  known: (owners: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<{ removed: number }> {
  const entries = await entriesOf(incoming)
  let removed = 0
  for (const { name } of entries.filter((each) => intentName.test(each.name))) {
    const batch = await readIntent(incoming, name)
    const spoken = await known([...new Set(batch.map((file) => file.owner))])
    for (const file of batch) {
      if (spoken.has(file.owner)) continue
      await removeKept(vaultDir, [file.to])
      removed += 1
    }
    await rm(join(incoming, name), { force: true })
  }
  for (const entry of entries.filter((each) => !intentName.test(each.name))) {
    const path = join(incoming, entry.name)
    if (entry.isDirectory()) {
      removed += (await sweepIncoming(vaultDir, path, known)).removed
      await rmdir(path).catch(() => {})
    } else {
      await rm(path, { force: true })
      removed += 1
    }
  }
  return { removed }
}

/** Files that an unfinished batch was about to keep, relative to the vault: no row speaks of them, and none must. */
export async function unfinishedFiles(incoming: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const entry of await entriesOf(incoming).catch(() => [])) {
    if (entry.isDirectory()) for (const each of await unfinishedFiles(join(incoming, entry.name))) found.add(each)
    else if (intentName.test(entry.name)) for (const file of await readIntent(incoming, entry.name)) found.add(file.to)
  }
  return found
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
}

async function readIntent(incoming: string, name: string): Promise<{ owner: string; to: string }[]> {
  let list: unknown
  try {
    await using file = await openInside(incoming, name)
    list = JSON.parse(await file.readFile('utf8'))
  } catch {
    // Cut short by the crash, before any file was moved: it was synced before the first rename.
    return []
  }
  if (!Array.isArray(list)) return []
  return list.filter(
    (each): each is { owner: string; to: string } => typeof each?.owner === 'string' && typeof each?.to === 'string',
  )
}
