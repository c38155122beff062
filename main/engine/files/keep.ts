import { readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeDurably } from '../base/durable.ts'
import { systemCode } from '../base/errors.ts'
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
 * Moves a batch to its final places, then runs `commit`, which must store the rows. When either fails, every file of
 * the batch that no row speaks of is removed by the next `sweepIncoming`, and the error is thrown.
 */
export async function keepAll(
  vaultDir: string,
  incoming: string,
  batch: readonly Keeping[],
  commit: () => Promise<void>,
): Promise<void> {
  if (batch.length === 0) return commit()
  const intent = join(incoming, `intent-${newId()}.json`)
  await writeDurably(intent, JSON.stringify(batch.map(({ owner, to }) => ({ owner, to }))))
  await syncFolder(incoming, cannotSync)
  const folders = new Set(batch.map((file) => file.to.split('/').slice(1, -1).join('/')))
  for (const folder of folders) await makeFolderInside(join(vaultDir, 'users'), folder)
  for (const file of batch) await rename(file.from, keptPath(vaultDir, file.to))
  const durableFolders = new Set(batch.filter((file) => file.durable).map(({ to }) => dirname(keptPath(vaultDir, to))))
  for (const folder of durableFolders) {
    await syncFolder(folder, cannotSync)
    await syncFolder(dirname(folder), cannotSync)
  }
  await commit()
  await rm(intent, { force: true })
}

/**
 * Puts right what a crash left in `incoming`: files of unfinished batches that no row speaks of are removed from their
 * final places, then every temporary file. The sources are untouched, so nothing is lost: their items run again.
 */
export async function sweepIncoming(
  vaultDir: string,
  incoming: string,
  known: (owners: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<{ removed: number }> {
  const names = await readdir(incoming).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  let removed = 0
  for (const name of names.filter((each) => intentName.test(each))) {
    const batch = await readIntent(incoming, name)
    const spoken = await known([...new Set(batch.map((file) => file.owner))])
    for (const file of batch) {
      if (spoken.has(file.owner)) continue
      await removeKept(vaultDir, [file.to])
      removed += 1
    }
    await rm(join(incoming, name), { force: true })
  }
  for (const name of names.filter((each) => !intentName.test(each))) {
    await rm(join(incoming, name), { recursive: true, force: true })
    removed += 1
  }
  return { removed }
}

/** Files that an unfinished batch was about to keep, relative to the vault: no row speaks of them, and none must. */
export async function unfinishedFiles(incoming: string): Promise<ReadonlySet<string>> {
  const names = await readdir(incoming).catch(() => [])
  const batches = names.filter((each) => intentName.test(each)).map((name) => readIntent(incoming, name))
  return new Set((await Promise.all(batches)).flat().map((file) => file.to))
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
