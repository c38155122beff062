import { watch, type FSWatcher } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { systemCode } from '../base/errors.ts'
import { openable, pathBytes, pathText } from '../base/path-text.ts'
import { identity, joined } from '../files/index.ts'

export interface TreeEvents {
  /** Called with the path (path text) of whatever was made, changed or removed; a folder stands for all that is in it. */
  onPath(path: string): void
  /** No more events will come: the system has no room for them, or ended them. */
  onEnd(reason: 'limit' | 'ended'): void
  /** Whether a path and all below it are of no interest. */
  isIgnored(path: string): boolean
}

export interface TreeWatcher {
  /** Folders that are watched. */
  size(): number
  close(): void
}

/**
 * Hears of changes below a folder, until it is closed. Resolves when events come. Links are not followed, and each real folder is
 * watched once, whatever leads to it. An event is only a hint: some are doubled, some come late, some are lost.
 */
export function watchTree(root: string, events: TreeEvents): Promise<TreeWatcher> {
  // Two of the systems report on a whole tree by themselves; Linux reports on one folder at a time.
  return process.platform === 'linux' ? watchFolders(root, events) : watchWhole(root, events)
}

async function watchWhole(root: string, events: TreeEvents): Promise<TreeWatcher> {
  const folder = pathBytes(root)
  const watcher = watch(openable(root), { recursive: true, persistent: false, encoding: 'buffer' }, (_kind, name) => {
    const path = name === null ? root : pathText(joined(folder, name))
    if (!events.isIgnored(path)) events.onPath(path)
  })
  watcher.on('error', () => events.onEnd('ended'))
  return { size: () => 1, close: () => watcher.close() }
}

const maxConcurrent = 16
/** What inotify(7) answers when a person may watch no more folders, or the process can open no more files. */
const limits = ['ENOSPC', 'EMFILE', 'ENFILE']

async function watchFolders(root: string, events: TreeEvents): Promise<TreeWatcher> {
  /** By their place on disk, so that a folder is watched once. */
  const watched = new Map<string, { readonly path: string; readonly watcher: FSWatcher }>()
  const idAt = new Map<string, string>()
  const closed = new AbortController()

  function close(): void {
    closed.abort()
    for (const { watcher } of watched.values()) watcher.close()
    watched.clear()
    idAt.clear()
  }

  function end(reason: 'limit' | 'ended'): void {
    if (closed.signal.aborted) return
    close()
    events.onEnd(reason)
  }

  /** Watches a folder and all below it. What was made in it before it was watched is not reported. */
  async function add(top: string): Promise<void> {
    const ahead = [top]
    while (ahead.length > 0 && !closed.signal.aborted) {
      // From the end, so that the list does not grow with the folder.
      const below = await Promise.all(ahead.splice(-maxConcurrent).map(addOne))
      for (const paths of below) ahead.push(...paths)
    }
  }

  /** Returns the folders in it. One that is gone again, or may not be read, has none; looks report that. */
  async function addOne(path: string): Promise<string[]> {
    const facts = await lstat(openable(path), { bigint: true }).catch(() => null)
    if (closed.signal.aborted || !facts?.isDirectory()) return []
    const id = identity(facts)
    const before = watched.get(id)
    if (before?.path === path) return []
    // It was moved: its old watcher reports by its old path.
    before?.watcher.close()
    try {
      const options = { persistent: false, encoding: 'buffer' } as const
      const watcher = watch(openable(path), options, (kind, name) => onEvent(path, kind, name))
      if (before) idAt.delete(before.path)
      watched.set(id, { path, watcher })
      idAt.set(path, id)
      watcher.on('error', () => forget(path))
    } catch (error) {
      if (limits.includes(systemCode(error) ?? '')) end('limit')
      return []
    }
    const entries = await readdir(openable(path), { encoding: 'buffer', withFileTypes: true }).catch(() => [])
    const folder = pathBytes(path)
    return entries
      .filter((entry) => !entry.isFile() && !entry.isSymbolicLink())
      .map((entry) => pathText(joined(folder, entry.name)))
      .filter((each) => !events.isIgnored(each))
  }

  function onEvent(folder: string, kind: string, name: Buffer | null): void {
    if (closed.signal.aborted) return
    const path = name === null ? folder : pathText(joined(pathBytes(folder), name))
    if (events.isIgnored(path)) return
    events.onPath(path)
    if (kind !== 'rename') return
    follow(path).catch(() => end('ended'))
  }

  /** A name was made or went: if it is a folder it is watched from now on, or no longer. */
  async function follow(path: string): Promise<void> {
    const facts = await lstat(openable(path)).catch(() => null)
    if (facts === null) forget(path)
    if (!facts?.isDirectory()) return
    await add(path)
    // What came into it before it was watched.
    if (!closed.signal.aborted) events.onPath(path)
  }

  function forget(path: string): void {
    // Most names that go are files: only a folder has others below it.
    if (!idAt.has(path)) return
    for (const [id, each] of watched) {
      if (each.path !== path && !each.path.startsWith(`${path}/`)) continue
      each.watcher.close()
      watched.delete(id)
      idAt.delete(each.path)
    }
  }

  await add(root)
  return { size: () => watched.size, close }
}
