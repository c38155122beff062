import type { FSWatcher } from 'chokidar'
import { watch } from 'chokidar'
import { statfs } from 'node:fs/promises'
import { basename } from 'node:path'
import { messageOf, systemCode } from '../base/errors.ts'
import { recordChanges } from '../changes/index.ts'
import { isJunkFile, isJunkFolder } from '../files/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { IntakeContext } from '../library/intake/index.ts'
import { ignoring } from './ignore.ts'
import { reconcile, type FolderToWatch } from './reconcile.ts'

/** Watches every active folder of a vault for as long as it is open. */
export interface Watching {
  /** Takes up what was added, paused or removed since. */
  refresh(): Promise<void>
  /** Resolves when every folder has been looked at and nothing is noted to be looked at again. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Many files that arrive together are handed over together. */
const quietMs = 400
const maxWaitMs = 3000
/** More paths than this are not looked at one by one. */
const maxPaths = 2000
const fullLookMs = 10 * 60_000
/** How often a folder is looked at where the system tells of no changes. */
const pollMs = 20_000
const missingMs = 5000

const missingSentence =
  'This folder is not there, or empty. Is its drive connected? Nothing was removed; Coffer goes on when it is back.'

/** Starts watching. Folders that cannot be watched say why in their `problem` and are looked at from time to time. */
export async function startWatching(context: IntakeContext, jobs: Jobs): Promise<Watching> {
  const running = new Map<string, { readonly mark: string; readonly watcher: FolderWatcher }>()
  let turn: Promise<void> = Promise.resolve()

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
      running.set(folder.id, { mark: JSON.stringify(folder), watcher: watchFolder(context, jobs, folder) })
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
    async close() {
      await turn.catch(() => {})
      await Promise.all([...running.values()].map(({ watcher }) => watcher.close()))
      running.clear()
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

interface FolderWatcher {
  settled(): Promise<void>
  close(): Promise<void>
}

function watchFolder(context: IntakeContext, jobs: Jobs, folder: FolderToWatch): FolderWatcher {
  const closing = new AbortController()
  const dirty = new Set<string>()
  let isFullDue = true
  let firstDirtyAt = 0
  let isMissing = false
  let limit: string | null = null
  let shown: string | null | undefined
  let events: FSWatcher | null = null
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let waiting: (() => void)[] = []
  arm(0)

  function note(path: string): void {
    if (dirty.size === 0) firstDirtyAt = performance.now()
    dirty.add(path)
    if (dirty.size > maxPaths) isFullDue = true
    if (looking === null) arm(performance.now() - firstDirtyAt > maxWaitMs ? 0 : quietMs)
  }

  function arm(ms: number): void {
    clearTimeout(timer)
    if (closing.signal.aborted) return
    timer = setTimeout(() => {
      looking = look().finally(() => {
        looking = null
        if (isFullDue || dirty.size > 0) {
          firstDirtyAt = performance.now()
          arm(quietMs)
          return
        }
        release()
        arm(isMissing ? missingMs : events === null ? pollMs : fullLookMs)
      })
    }, ms)
    timer.unref()
  }

  function isBusy(): boolean {
    return isFullDue || dirty.size > 0 || looking !== null
  }

  function release(): void {
    for (const go of waiting) go()
    waiting = []
  }

  async function look(): Promise<void> {
    // A timer that nothing else set off asks for the whole folder.
    const paths = isFullDue || dirty.size === 0 ? null : [...dirty]
    dirty.clear()
    isFullDue = false
    try {
      const found = await reconcile(context, folder, paths, closing.signal)
      if (found.kind === 'gone') {
        isMissing = true
        await stopEvents()
        await say('missing', missingSentence)
        return
      }
      if (isMissing && paths !== null) isFullDue = true
      isMissing = false
      await say('active', limit)
      if (found.fresh > 0) {
        jobs.wake()
        context.bell.ring(folder.userId)
      }
      for (const path of found.restless) dirty.add(path)
      await startEvents()
    } catch (error) {
      if (closing.signal.aborted) return
      context.log.error('watched-folder-failed', { folder: folder.id, message: messageOf(error) })
      await say('active', 'Coffer could not look through this folder and tries again by itself.').catch(() => {})
    }
  }

  /** What happens between the first look and the moment events arrive is caught by a second look. */
  async function startEvents(): Promise<void> {
    if (events !== null || closing.signal.aborted || limit !== null) return
    if (await isOnNetwork(folder.path)) {
      limit = `This folder is on a network drive, which tells of no changes. Coffer looks every ${pollMs / 1000} seconds.`
      await say('active', limit)
      return
    }
    const isIgnored = ignoring(folder.path, folder.ignore)
    const watcher = watch(folder.path, {
      ignoreInitial: true,
      ignored: (path) => path !== folder.path && (isJunkName(basename(path)) || isIgnored(path)),
    })
    events = watcher
    watcher.on('ready', () => {
      isFullDue = true
      if (looking === null) arm(0)
    })
    watcher.on('all', (_event, path) => note(path))
    watcher.on('error', (error) => {
      const isLimit = ['ENOSPC', 'EMFILE', 'ENFILE'].includes(systemCode(error) ?? '')
      context.log.warn('watched-folder-events', { folder: folder.id, code: systemCode(error) ?? '' })
      if (!isLimit) return
      limit =
        `This system tells of changes in only so many folders at once (on Linux: fs.inotify.max_user_watches). ` +
        `Coffer looks every ${pollMs / 1000} seconds instead.`
      isFullDue = true
      void stopEvents()
      if (looking === null) arm(0)
    })
  }

  async function stopEvents(): Promise<void> {
    const watcher = events
    events = null
    await watcher?.close()
  }

  async function say(status: 'active' | 'missing', problem: string | null): Promise<void> {
    const line = `${status}|${problem ?? ''}`
    if (shown === line) return
    await context.database.asService(async (tx) => {
      await tx.execute(
        `update meta.watched_folders set status = $2, problem = $3 where id = $1 and status <> 'paused'
           and (status, coalesce(problem, '')) is distinct from ($2, coalesce($3, ''))`,
        [folder.id, status, problem],
      )
      await recordChanges(tx, folder.userId, [{ noun: 'watched-folders', objectId: folder.id, kind: 'changed' }])
    })
    shown = line
    context.bell.ring(folder.userId)
  }

  return {
    settled: () => new Promise((resolve) => (isBusy() ? waiting.push(resolve) : resolve())),
    async close() {
      closing.abort()
      clearTimeout(timer)
      await looking
      await stopEvents()
      release()
    },
  }
}

function isJunkName(name: string): boolean {
  return isJunkFile(name) || isJunkFolder(name)
}

/** File systems of other computers (f_type, statfs(2)) do not tell what somebody else changes on them. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400])

async function isOnNetwork(path: string): Promise<boolean> {
  if (process.platform === 'win32') return path.startsWith('\\\\')
  if (process.platform !== 'linux') return false
  const facts = await statfs(path).catch(() => null)
  return facts !== null && networkTypes.has(facts.type)
}
