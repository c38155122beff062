import { messageOf } from '../base/errors.ts'
import { recordChanges } from '../changes/index.ts'
import type { Reason } from '../../contract/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import type { FolderToWatch } from './reconcile.ts'
import { watchFolder, type FolderWatcher, type Means } from './folder.ts'
import { watchTree } from './tree.ts'

/** Watches every active folder of a vault for as long as it is open. */
export interface Watching {
  /** Takes up what was added, paused or removed since. */
  refresh(): Promise<void>
  /** Resolves when every folder has been looked at and nothing is noted to be looked at again. */
  settled(): Promise<void>
  /** When all of a folder was looked at last, where that is later than what is stored: a look that finds nothing new stores nothing. */
  lookedAt(id: string): Date | null
  close(): Promise<void>
}

/** Starts watching. Folders that cannot be watched say why in their `problem` and are looked at from time to time. */
export async function startWatching(context: IntakeContext, means: Partial<Means> = {}): Promise<Watching> {
  const running = new Map<string, { readonly mark: string; readonly watcher: FolderWatcher }>()
  let turn: Promise<void> = Promise.resolve()

  function start(folder: FolderToWatch): FolderWatcher {
    return watchFolder(context, folder, {
      watchTree,
      maxStartMs: 30_000,
      ...means,
      report: (status, problem) => report(context, folder, status, problem),
    })
  }

  async function refreshNow(): Promise<void> {
    const folders = await activeFolders(context)
    const wanted = new Map(folders.map((folder) => [folder.id, folder]))
    for (const [id, { mark, watcher }] of running) {
      const folder = wanted.get(id)
      if (folder && JSON.stringify(folder) === mark) continue
      running.delete(id)
      await watcher.close()
    }
    for (const folder of folders) {
      if (running.has(folder.id)) continue
      running.set(folder.id, { mark: JSON.stringify(folder), watcher: start(folder) })
    }
  }

  const refresh = (): Promise<void> => (turn = turn.then(refreshNow))
  await refresh()
  return {
    refresh,
    async settled() {
      await turn
      await Promise.all([...running.values()].map(({ watcher }) => watcher.settled()))
    },
    lookedAt: (id) => running.get(id)?.watcher.lookedAt() ?? null,
    async close() {
      await turn.catch(() => {})
      await Promise.all([...running.values()].map(({ watcher }) => watcher.close()))
      const looks = [...running].map(([id, { watcher }]) => ({ id, at: watcher.lookedAt() }))
      running.clear()
      await storeLooks(context, looks).catch((error: unknown) => {
        context.log.warn('looks-not-stored', { message: messageOf(error) })
      })
    },
  }
}

async function activeFolders(context: IntakeContext): Promise<FolderToWatch[]> {
  return context.database.asService((tx) =>
    tx.query<FolderToWatch>(
      `select id, user_id as "userId", path, is_reference as "isReference", album_per_folder as "albumPerFolder",
              ignore_patterns as ignore
       from meta.watched_folders where status <> 'paused' order by id`,
    ),
  )
}

/** Notes when folders were looked at last, for callers while nothing watches them. */
async function storeLooks(
  context: IntakeContext,
  looks: readonly { readonly id: string; readonly at: Date | null }[],
): Promise<void> {
  const done = looks.filter((each) => each.at !== null)
  if (done.length === 0) return
  await context.database.asService((tx) =>
    tx.execute(
      `update meta.watched_folders f set last_scan_at = l.at from jsonb_to_recordset($1::jsonb) as l(id uuid, at timestamptz)
       where f.id = l.id`,
      [JSON.stringify(done)],
    ),
  )
}

/** Notes how a folder is, for its person to see. */
async function report(
  context: IntakeContext,
  folder: FolderToWatch,
  status: 'active' | 'missing',
  problem: Reason | null,
): Promise<void> {
  await context.database.asService(async (tx) => {
    const changed = await tx.execute(
      `update meta.watched_folders set status = $2, problem = $3::jsonb where id = $1 and status <> 'paused'
         and (status, problem) is distinct from ($2, $3::jsonb)`,
      [folder.id, status, problem === null ? null : JSON.stringify(problem)],
    )
    if (changed === 0) return
    await recordChanges(tx, folder.userId, [{ noun: 'watched-folders', objectId: folder.id, kind: 'changed' }])
  })
}
