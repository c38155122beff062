import { stat, statfs } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Reason } from '../../contract/index.ts'
import { messageOf } from '../base/errors.ts'
import { openable } from '../base/path-text.ts'
import { identity, isJunkFile, isJunkFolder, reason } from '../files/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import { ignoring } from './ignore.ts'
import { reconcile, type FolderToWatch, type Look } from './reconcile.ts'
import type { TreeWatcher, watchTree } from './tree.ts'

export interface FolderWatcher {
  settled(): Promise<void>
  /** When all of it was looked at last; null when that was not since this watcher began. */
  lookedAt(): Date | null
  close(): Promise<void>
}

/** What a watched folder is watched with. */
export interface Means {
  readonly watchTree: typeof watchTree
  /** A system that has not begun to report changes by then is not waited for. */
  readonly maxStartMs: number
}

/** Many files that arrive together are handed over together. */
const quietMs = 400
const maxWaitMs = 3000
/** More paths than this are not looked at one by one. */
const maxPaths = 2000
const fullLookMs = 10 * 60_000
/** How often a folder is looked at where the system does not report changes. */
const pollMs = 20_000
/** How often an empty folder is looked at: the drive that belongs there may come back. */
const missingMs = 5000
/** How soon a folder that could not be looked through is tried again. */
const retryMs = 30_000
/** How often the folder itself is looked at: a drive taken away or exchanged reports nothing. */
const rootMs = 2000

/**
 * Watches one folder: looks at all of it now and every ten minutes, and at what the system reports in between. `report` is
 * called when there is something to say of the folder.
 */
export function watchFolder(
  context: IntakeContext,
  folder: FolderToWatch,
  means: Means & {
    readonly report: (status: 'active' | 'missing', problem: Reason | null) => Promise<void>
  },
): FolderWatcher {
  const closing = new AbortController()
  const dirty = new Set<string>()
  const isPassedOver = ignoring(folder.path, folder.ignore)
  let isFullDue = true
  let firstDirtyAt = 0
  let isMissing = false
  /** Why changes are not reported. */
  let limit: Reason | null = null
  let shown: string | undefined
  let events: TreeWatcher | null = null
  let startAgainAt = -Infinity
  /** Which folder of which disk was looked at last. */
  let root: string | null = null
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let waiting: (() => void)[] = []
  /** What the last look at all of it found. */
  let last: Look | null = null
  let lookedAt: Date | null = null
  arm(0)
  const watchingRoot = watchRoot()

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
      looking = look().then((againMs) => {
        looking = null
        if (againMs === null && (isFullDue || dirty.size > 0)) {
          firstDirtyAt = performance.now()
          arm(quietMs)
          return
        }
        release()
        arm(againMs ?? (isMissing ? missingMs : events === null ? pollMs : fullLookMs))
      })
    }, ms)
    timer.unref()
  }

  function lookSoon(): void {
    isFullDue = true
    if (looking === null) arm(0)
  }

  function isBusy(): boolean {
    return isFullDue || dirty.size > 0 || looking !== null
  }

  function release(): void {
    for (const go of waiting) go()
    waiting = []
  }

  /** Looks once; null when all went well, else after how many milliseconds to try again. */
  async function look(): Promise<number | null> {
    // A timer that nothing else set off asks for the whole folder.
    let paths = isFullDue || dirty.size === 0 ? null : [...dirty]
    dirty.clear()
    isFullDue = false
    try {
      if (await isAnother()) paths = null
      // Events first: what happens during the look is then noted, and needs no second one.
      if (root !== null && paths === null) await startEvents()
      const found = await reconcile(context, folder, paths, closing.signal, last)
      if (paths === null) last = found
      if (paths === null && found.kind === 'looked') lookedAt = new Date()
      if (found.kind === 'gone') {
        isMissing = true
        stopEvents()
        startAgainAt = -Infinity
        await say('missing', reason('folder-missing'))
        return null
      }
      if (isMissing && paths !== null) isFullDue = true
      isMissing = false
      await say('active', limit)
      for (const path of found.restless) dirty.add(path)
      return null
    } catch (error) {
      if (closing.signal.aborted) return null
      context.log.error('watched-folder-failed', { folder: folder.id, message: messageOf(error) })
      await say('active', reason('folder-unreadable')).catch(() => {})
      isFullDue = true
      return retryMs
    }
  }

  async function startEvents(): Promise<void> {
    if (events !== null || closing.signal.aborted) return
    if (await isOnNetwork(folder.path)) return cannotHear('folder-on-network')
    // Every folder in it is gone through for this, so what failed is not tried at every look.
    if (performance.now() < startAgainAt) return
    startAgainAt = performance.now() + fullLookMs
    let isEnded = false
    const starting = means
      .watchTree(folder.path, {
        isIgnored: (path) => path !== folder.path && (isJunkName(basename(path)) || isPassedOver(path)),
        onPath: note,
        onEnd(why) {
          context.log.warn('watched-folder-events', { folder: folder.id, why })
          isEnded = true
          stopEvents()
          cannotHear(why === 'limit' ? 'folder-too-large' : 'folder-silent')
          lookSoon()
        },
      })
      .catch(() => null)
    const inTime = new AbortController()
    const late = pause(means.maxStartMs, 'late' as const, { signal: inTime.signal, ref: false }).catch(() => null)
    const tree = await Promise.race([starting, late])
    inTime.abort()
    if (tree === 'late') {
      void starting.then((each) => each?.close())
      return cannotHear('folder-silent')
    }
    if (closing.signal.aborted || isEnded) return tree?.close()
    if (tree === null) return cannotHear('folder-silent')
    events = tree
    limit = null
  }

  function cannotHear(code: 'folder-on-network' | 'folder-too-large' | 'folder-silent'): void {
    limit = reason(code, { seconds: pollMs / 1000 })
  }

  function stopEvents(): void {
    events?.close()
    events = null
  }

  /** Notices that the folder was taken away, came back, or is another one at the same path. */
  async function watchRoot(): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(rootMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      if (closing.signal.aborted || looking !== null) continue
      if ((await identityOf(folder.path)) !== root) lookSoon()
    }
  }

  /** Whether the folder is not the one that was looked at last; what reported on that one reports no more. */
  async function isAnother(): Promise<boolean> {
    const now = await identityOf(folder.path)
    if (now === root) return false
    root = now
    stopEvents()
    startAgainAt = -Infinity
    return true
  }

  async function say(status: 'active' | 'missing', problem: Reason | null): Promise<void> {
    const line = JSON.stringify([status, problem])
    if (shown === line) return
    await means.report(status, problem)
    shown = line
  }

  return {
    lookedAt: () => lookedAt,
    settled: () => new Promise((resolve) => (isBusy() ? waiting.push(resolve) : resolve())),
    async close() {
      closing.abort()
      clearTimeout(timer)
      await looking
      await watchingRoot
      stopEvents()
      release()
    },
  }
}

async function identityOf(path: string): Promise<string | null> {
  const facts = await stat(openable(path), { bigint: true }).catch(() => null)
  return facts && identity(facts)
}

function isJunkName(name: string): boolean {
  return isJunkFile(name) || isJunkFolder(name)
}

/** File systems of other computers (f_type, statfs(2)) do not tell what somebody else changes on them. */
const networkTypes = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400])

async function isOnNetwork(path: string): Promise<boolean> {
  if (process.platform === 'win32') return path.startsWith('\\\\')
  if (process.platform !== 'linux') return false
  const facts = await statfs(openable(path)).catch(() => null)
  return facts !== null && networkTypes.has(facts.type)
}
