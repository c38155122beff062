import { createHash, randomUUID } from 'node:crypto'
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
  type FileHandle,
} from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { syncFolder, writeDurably } from '../../base/durable.ts'
import { CofferError, isDiskFull, systemCode } from '../../base/errors.ts'
import { makeFolders } from '../../base/folders.ts'
import { pathOutside } from '../../base/inside.ts'
import { plainError } from '../../base/plain-error.ts'

/** Kinds of files that are named by their own SHA-256. */
export type Kind = 'data' | 'index' | 'snapshots'

const folders = ['data', 'index', 'snapshots', 'keys', 'copies', 'copies/keys', 'damaged', 'tmp'] as const

/** Whether a text is a SHA-256 as names and lists have it. */
export function isHash(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
}

/** Times on the files of a repository tell nothing. */
export const noTime = new Date('2000-01-01T00:00:00Z')
const heartbeatMs = 60_000
const staleMs = 30 * 60_000

/** A folder that holds a repository. Knows names and bytes, no keys. */
export interface Store {
  readonly dir: string
  path(kind: Kind, name: string): string
  /** Names and sizes of all files of a kind. */
  list(kind: Kind): Promise<Map<string, number>>
  read(kind: Kind, name: string): Promise<Buffer>
  /** Stores bytes under their own SHA-256 and returns it. On disk when it resolves. */
  put(kind: Kind, bytes: Uint8Array): Promise<string>
  /** Where a file may be written before it has its name. */
  temporary(): string
  /** Gives a finished and synced temporary file its name. */
  adopt(kind: Kind, temporary: string, name: string): Promise<void>
  remove(kind: Kind, name: string): Promise<void>
  /** Excludes other writers until released. Throws `backup-locked`. */
  lock(): Promise<{ release(): Promise<void> }>
}

/** Opens the folder of a repository. Throws `backup-unreachable` when it is not there. */
export async function openStore(dir: string): Promise<Store> {
  const facts = await stat(dir).catch(() => null)
  if (!facts?.isDirectory()) {
    throw new CofferError(`The backup folder ${dir} cannot be found. Is its drive connected?`, {
      code: 'backup-unreachable',
      retry: 'later',
    })
  }
  // What is swept and pruned in a backup would be so wherever they lead.
  for (const name of folders) {
    const part = await lstat(join(dir, name)).catch(() => null)
    if (part && !part.isDirectory()) throw pathOutside(name)
  }
  const path = (kind: Kind, name: string): string => {
    // An index is data of the backup: what it names is a file of the backup, or nothing.
    if (!isHash(name)) throw pathOutside()
    return kind === 'data' ? join(dir, kind, name.slice(0, 2), `${name}.age`) : join(dir, kind, `${name}.age`)
  }
  const temporary = (): string => join(dir, 'tmp', randomUUID())

  const store: Store = {
    dir,
    path,
    temporary,
    async list(kind) {
      const found = new Map<string, number>()
      const folder = join(dir, kind)
      const names = await readdir(folder, { recursive: kind === 'data', withFileTypes: true }).catch(throwUnlessAbsent)
      const files = names.filter((entry) => entry.isFile() && /^[0-9a-f]{64}\.age$/.test(entry.name))
      // Asking for the sizes of a whole library one after the other would take long on a network drive.
      for (let at = 0; at < files.length; at += 64) {
        await Promise.all(
          files.slice(at, at + 64).map(async (entry) => {
            const { size } = await stat(join(entry.parentPath, entry.name))
            found.set(entry.name.slice(0, 64), size)
          }),
        )
      }
      return found
    },
    read: (kind, name) =>
      readFile(path(kind, name)).catch((cause: unknown) => {
        throw systemCode(cause) === 'ENOENT' ? lostFile(kind, cause) : cause
      }),
    async put(kind, bytes) {
      const name = createHash('sha256').update(bytes).digest('hex')
      const next = temporary()
      await writeDurably(next, bytes, 'wx')
      await store.adopt(kind, next, name)
      return name
    },
    async adopt(kind, next, name) {
      await nameIt(next, path(kind, name))
    },
    remove: (kind, name) => rm(path(kind, name), { force: true }),
    lock: () => lockStore(dir),
  }
  return store
}

/** Makes the folders of a new repository in an empty or missing folder. Throws `backup-exists`. */
export async function makeStore(dir: string, readme: string): Promise<Store> {
  const names = await readdir(dir).catch(throwUnlessAbsent)
  if (names.length > 0) {
    throw new CofferError(`${dir} is not empty. A backup needs a folder of its own.`, { code: 'backup-exists' })
  }
  await makeFolders(dir)
  for (const name of folders) await makeFolders(join(dir, name))
  await writeFile(join(dir, 'README.txt'), readme)
  return openStore(dir)
}

/** A small file of the repository itself, such as a key. Replaced whole. */
export async function putNamed(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(join(dir, 'tmp'))
  const next = join(dir, 'tmp', randomUUID())
  await writeDurably(next, bytes, 'wx')
  await nameIt(next, join(dir, name))
}

/** Removes such a file; it does not come back when the power fails. */
export async function removeNamed(dir: string, name: string): Promise<void> {
  await rm(join(dir, name))
  await syncFolder(dirname(join(dir, name)), cannotSync)
}

/** Only the folder itself: where a drive was taken away its path must not be made again on another one. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
}

/** Network and FAT drives often cannot sync a folder; the file itself was synced. */
const cannotSync = ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR']

async function nameIt(temporary: string, target: string): Promise<void> {
  await utimes(temporary, noTime, noTime)
  await makeFolder(dirname(target))
  await rename(temporary, target)
  await syncFolder(dirname(target), cannotSync)
}

interface Writer {
  readonly host: string
  readonly pid: number
  readonly nonce: string
  readonly at: string
}

/**
 * A file rather than a lock of the system, because a repository may lie on a network drive that two computers see.
 * Anyone who holds it renews it; one whose process is gone, or that was not renewed for half an hour, is void.
 */
async function lockStore(dir: string): Promise<{ release(): Promise<void> }> {
  const path = resolve(dir, 'writer.lock')
  // Two of one process would read the file of the other before there is anything in it.
  if (claimed.has(path)) throw locked()
  claimed.add(path)
  try {
    const release = await takeLock(path)
    return {
      release: () => release().finally(() => claimed.delete(path)),
    }
  } catch (error) {
    claimed.delete(path)
    throw error
  }
}

async function takeLock(path: string): Promise<() => Promise<void>> {
  const mine = { host: hostname(), pid: process.pid, nonce: randomUUID() }
  const note = (): string => JSON.stringify({ ...mine, at: new Date().toISOString() } satisfies Writer)
  for (let attempt = 0; ; attempt += 1) {
    let file: FileHandle
    try {
      file = await open(path, 'wx', 0o600)
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
      if (attempt > 2 || !isVoid(await settledWriter(path))) throw locked()
      await rm(path, { force: true })
      continue
    }
    try {
      await file.writeFile(note())
    } finally {
      await file.close()
    }
    // Somebody who found a void one may have taken this for it.
    if ((await readWriter(path))?.nonce === mine.nonce) break
    if (attempt > 2) throw locked()
  }
  held.add(mine.nonce)
  const heartbeat = setInterval(() => {
    // A drive that is gone for a moment is noticed by the writing itself.
    writeFile(path, note(), { flag: 'r+' }).catch(() => {})
  }, heartbeatMs)
  heartbeat.unref()
  return async () => {
    clearInterval(heartbeat)
    held.delete(mine.nonce)
    if ((await readWriter(path))?.nonce === mine.nonce) await rm(path, { force: true })
  }
}

function locked(): CofferError {
  return new CofferError('Another program is writing to this backup. Try again when it has finished.', {
    code: 'backup-locked',
    retry: 'later',
  })
}

/** Lock files this process holds or is about to. */
const claimed = new Set<string>()

/** The locks this process holds. */
const held = new Set<string>()

/** One that says nothing is looked at for a second: its maker may be about to write into it. */
async function settledWriter(path: string): Promise<Writer | null> {
  for (let look = 0; ; look += 1) {
    const text = await readFile(path, 'utf8').catch(() => null)
    const writer = text === null ? null : writerIn(text)
    if (text === null || writer || look >= 20) return writer
    await pause(50)
  }
}

async function readWriter(path: string): Promise<Writer | null> {
  return writerIn(await readFile(path, 'utf8').catch(() => ''))
}

function writerIn(text: string): Writer | null {
  try {
    return JSON.parse(text) as Writer
  } catch {
    // Cut short by a crash while it was written, or just released.
    return null
  }
}

function isVoid(holder: Writer | null): boolean {
  if (!holder) return true
  if (Math.abs(Date.now() - Date.parse(holder.at)) > staleMs) return true
  if (holder.host !== hostname()) return false
  // One of this process that it holds no more lay on a drive that was away when it was released.
  return holder.pid === process.pid ? !held.has(holder.nonce) : !isAlive(holder.pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

function throwUnlessAbsent(error: unknown): never[] {
  if (systemCode(error) === 'ENOENT') return []
  throw error
}

function lostFile(kind: Kind, cause: unknown): CofferError {
  return new CofferError(`A file of the backup is missing (${kind}).`, { code: 'backup-damaged', cause })
}

/** What went wrong with the place of a repository, as a sentence; anything else comes back as it is. */
export function destinationError(error: unknown): unknown {
  const code = systemCode(error)
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return plainError(error, 'the backup')
  if (isDiskFull(error)) {
    return new CofferError(
      'The drive with the backup is full. What was written so far is kept; the backup continues when there is space.',
      {
        code: 'disk-full',
        retry: 'later',
        cause: error,
      },
    )
  }
  if (['ENOENT', 'EIO', 'ENODEV', 'ENXIO', 'ESTALE', 'EHOSTDOWN', 'ENOTCONN'].includes(code ?? '')) {
    return new CofferError('The backup folder can no longer be written to. Is its drive connected?', {
      code: 'backup-unreachable',
      retry: 'later',
      cause: error,
    })
  }
  return error
}
