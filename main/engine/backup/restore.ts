import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { CofferError, systemCode } from '../base/errors.ts'
import { silentLog } from '../base/log.ts'
import { createFromDump, lockVault, readVaultFile, type Database, type VaultFile } from '../database/index.ts'
import { rebuildJob } from '../library/index.ts'
import { readCatalogue } from './catalogue.ts'
import { listSnapshots } from './check.ts'
import { startPool, type PackPool } from './pool.ts'
import type { Repository } from './repository.ts'
import {
  linesOf,
  partsOf,
  snapshotSchema,
  textOf,
  type SnapshotAbout,
  type SnapshotAlbum,
  type SnapshotFile,
} from './snapshot.ts'

export interface RestoreProgress {
  readonly phase: 'database' | 'originals'
  readonly files: number
  readonly totalFiles: number
}

export interface RestoreResult {
  readonly snapshot: string
  readonly createdAt: string
  readonly to: string
  readonly files: number
  readonly bytes: number
  readonly seconds: number
  /** Originals the backup could not give back whole. */
  readonly lost: readonly { readonly sha256: string; readonly filename: string }[]
}

export interface RestoreOptions {
  /** Name or id of a snapshot, or enough of its beginning; the newest when absent. */
  readonly snapshot?: string
  readonly signal: AbortSignal
  readonly onProgress?: (now: RestoreProgress) => void
}

/** Reads the small parts of a snapshot; `onDatabase` gets the lines of its dump. */
interface Contents {
  readonly about: SnapshotAbout
  readonly vault: VaultFile
  readonly files: SnapshotFile[]
  readonly albums: SnapshotAlbum[]
}

/**
 * Restores a whole vault into an empty or missing folder: the database, brought up to this program's schema, and every
 * original, each held against its hash. Thumbnails are made again when the vault is opened. A folder that was only half
 * filled when the program died says so (`vault-unfinished`) and can be restored into again. Throws `vault-not-empty`,
 * `snapshot-not-found`, `backup-damaged`.
 */
export async function restoreVault(
  repository: Repository,
  to: string,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const startedMs = performance.now()
  const dir = resolve(to)
  await refuseUnlessFree(dir)
  const name = await findSnapshot(repository, options.snapshot)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = await lockVault(dir)
  try {
    options.onProgress?.({ phase: 'database', files: 0, totalFiles: 0 })
    const { database, contents, beside } = await restoreDatabase(repository, name, dir, {
      // Originals come out while the database is loaded: the one waits for the disk, the other for a processor.
      beside: async (found) => {
        const targets = targetsIn(dir, found.files)
        await rm(join(dir, 'users'), { recursive: true, force: true })
        const whole = await extract(repository, targets, options)
        await syncAll(
          dir,
          [...targets].flatMap(([hash, paths]) => (whole.has(hash) ? paths : [])),
        )
        return found.files.filter((file) => !whole.has(file.sha256))
      },
      after: (opened, found, lost) => settle(opened, found, new Set(lost.map((file) => file.mediaId))),
    })
    await database.close()
    const { about, files } = contents
    const lost = beside
    return {
      snapshot: name,
      createdAt: about.createdAt,
      to: dir,
      files: files.length - lost.length,
      bytes: files.reduce((sum, file) => sum + file.size, 0),
      seconds: (performance.now() - startedMs) / 1000,
      lost: lost.map(({ sha256, filename }) => ({ sha256, filename })),
    }
  } finally {
    await lock.release()
  }
}

/**
 * Restores only some originals under their own names into a folder: `only` has names of files or albums, or ids. A name
 * that is taken gets a number. Throws `not-found` when nothing fits.
 */
export async function restoreFiles(
  repository: Repository,
  to: string,
  only: readonly string[],
  options: RestoreOptions,
): Promise<RestoreResult> {
  const startedMs = performance.now()
  const name = await findSnapshot(repository, options.snapshot)
  const contents = await readContents(repository, name)
  const dir = resolve(to)
  await mkdir(dir, { recursive: true })
  const files = chosen(contents, only)
  if (files.length === 0) {
    throw new CofferError('No photo or album of this snapshot is called so.', { code: 'not-found' })
  }
  const taken = new Set((await readdir(dir)).map((each) => each.toLowerCase()))
  const targets = new Map<string, string[]>()
  for (const file of files) {
    const path = join(dir, freeName(file.filename, taken))
    targets.set(file.sha256, [...(targets.get(file.sha256) ?? []), path])
  }
  const whole = await extract(repository, targets, options)
  const lost = files.filter((file) => !whole.has(file.sha256))
  return {
    snapshot: name,
    createdAt: contents.about.createdAt,
    to: dir,
    files: files.length - lost.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    seconds: (performance.now() - startedMs) / 1000,
    lost: lost.map(({ sha256, filename }) => ({ sha256, filename })),
  }
}

export interface ProofResult {
  readonly snapshot: string
  readonly createdAt: string
  readonly files: number
  readonly bytes: number
  readonly seconds: number
  readonly problems: readonly string[]
}

/**
 * Proves that a snapshot can be restored: every original it needs is read, decrypted and held against its hash, and its
 * database is restored into a scratch folder, migrated, compared row by row count, and opened. Nothing is kept.
 */
export async function proveSnapshot(repository: Repository, options: RestoreOptions): Promise<ProofResult> {
  const startedMs = performance.now()
  const name = await findSnapshot(repository, options.snapshot)
  const scratch = await mkdtemp(join(tmpdir(), 'coffer-proof-'))
  try {
    const problems: string[] = []
    const { database, contents } = await restoreDatabase(repository, name, scratch, {
      beside: async () => null,
      after: async () => {},
    })
    const { about, files } = contents
    try {
      for (const [table, count] of Object.entries(await countRows(database, Object.keys(about.tables)))) {
        const expected = about.tables[table]
        if (expected !== count) problems.push(`${table} has ${count} rows instead of ${expected}.`)
      }
      const media = await database.asService((tx) => tx.one<{ n: number }>(`select count(*) as n from vault.media`))
      if (media?.n !== files.length + about.missing.length)
        problems.push('The list of originals and the database differ.')
    } finally {
      await database.close()
    }
    const whole = await extract(repository, new Map(files.map((file) => [file.sha256, []])), options)
    for (const file of files) if (!whole.has(file.sha256)) problems.push(`${file.filename} cannot be restored.`)
    return {
      snapshot: name,
      createdAt: about.createdAt,
      files: files.length,
      bytes: files.reduce((sum, file) => sum + file.size, 0),
      seconds: (performance.now() - startedMs) / 1000,
      problems,
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Writes whole originals to where they are wanted and returns the hashes that were whole. */
export async function extract(
  repository: Repository,
  targets: ReadonlyMap<string, readonly string[]>,
  options: Pick<RestoreOptions, 'signal' | 'onProgress'>,
): Promise<ReadonlySet<string>> {
  const { store, identity } = repository
  const catalogue = await readCatalogue(repository)
  const byPack = new Map<string, string[]>()
  for (const hash of targets.keys()) {
    const pack = catalogue.packOf.get(hash)
    if (pack !== undefined) byPack.set(pack, [...(byPack.get(pack) ?? []), hash])
  }
  const whole = new Set<string>()
  await using pool: PackPool = startPool(options.signal)
  async function read(pack: string, hashes: readonly string[]): Promise<void> {
    const wanted = hashes.map((hash): [string, readonly string[]] => [hash, targets.get(hash) ?? []])
    const result = await pool.read({ path: store.path('data', pack), name: null, identity, targets: wanted })
    for (const hash of result.whole) if (targets.has(hash)) whole.add(hash)
    options.onProgress?.({ phase: 'originals', files: whole.size, totalFiles: targets.size })
  }
  await Promise.all([...byPack].map(([pack, hashes]) => read(pack, hashes)))
  // What no index names may still lie in a pack whose index was damaged or never written.
  if (whole.size < targets.size) {
    for (const pack of (await store.list('data')).keys()) {
      const left = [...targets.keys()].filter((hash) => !whole.has(hash))
      if (left.length > 0 && !catalogue.packs.has(pack)) await read(pack, left)
    }
  }
  return whole
}

/** Restores a database; `beside` runs meanwhile, `after` when both are done and before the vault counts as whole. */
async function restoreDatabase<T>(
  repository: Repository,
  name: string,
  dir: string,
  work: {
    beside(contents: Contents): Promise<T>
    after(database: Database, contents: Contents, result: T): Promise<void>
  },
): Promise<{ database: Database; contents: Contents; beside: T }> {
  const parts = partsOf(repository, name)
  const contents = await readSmallParts(parts)
  if (!contents.database) throw incomplete()
  const { about, vault } = contents
  const beside = work.beside(contents)
  // A failure is thrown where it is awaited; until then it must not count as unhandled.
  beside.catch(() => {})
  try {
    const database = await createFromDump({
      vaultDir: dir,
      file: { id: vault.id, name: vault.name, createdAt: vault.createdAt },
      schemaVersion: about.schemaVersion,
      lines: linesOf(contents.database),
      log: silentLog,
      fill: async (fresh) => work.after(fresh, contents, await beside),
    })
    return { database, contents, beside: await beside }
  } catch (error) {
    // Nothing may go on writing into a folder that was given up.
    await beside.catch(() => {})
    throw error
  } finally {
    await parts.return(undefined)
  }
}

/**
 * Puts restored files on the disk. Linux has one call for a whole file system (syncfs(2), which `sync -f` makes); one file
 * after the other would wait for the disk ten thousand times.
 */
async function syncAll(dir: string, paths: readonly string[]): Promise<void> {
  if (process.platform === 'linux') {
    const isSynced = await promisify(execFile)('sync', ['-f', dir]).then(
      () => true,
      () => false,
    )
    if (isSynced) return
  }
  const queue = paths.values()
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const path of queue) {
        const file = await open(path, 'r+')
        try {
          await file.sync()
        } finally {
          await file.close()
        }
      }
    }),
  )
}

type Parts = ReturnType<typeof partsOf>
type SnapshotPart = Parts extends AsyncGenerator<infer P> ? P : never

/** Everything before the dump, which comes last because it is the largest. */
async function readSmallParts(parts: Parts): Promise<Contents & { database: SnapshotPart | null }> {
  let about: SnapshotAbout | undefined
  let vault: VaultFile | undefined
  const files: SnapshotFile[] = []
  const albums: SnapshotAlbum[] = []
  for (;;) {
    const { value: part, done } = await parts.next()
    if (done === true || part.name === 'database.sql') {
      if (!about || !vault) throw incomplete()
      return { about, vault, files, albums, database: done === true ? null : part }
    }
    if (part.name === 'snapshot.json') about = snapshotSchema.parse(JSON.parse(await textOf(part)))
    else if (part.name === 'vault.json') vault = JSON.parse(await textOf(part)) as VaultFile
    else if (part.name === 'files.jsonl')
      for await (const line of linesOf(part)) files.push(JSON.parse(line) as SnapshotFile)
    else if (part.name === 'albums.jsonl') {
      for await (const line of linesOf(part)) albums.push(JSON.parse(line) as SnapshotAlbum)
    } else for await (const chunk of part.chunks) void chunk
  }
}

async function readContents(repository: Repository, name: string): Promise<Contents> {
  const parts = partsOf(repository, name)
  try {
    return await readSmallParts(parts)
  } finally {
    await parts.return(undefined)
  }
}

/** Puts right in the restored rows what differs from the day of the backup. */
async function settle(database: Database, contents: Contents, lost: ReadonlySet<string>): Promise<void> {
  const here = contents.files.filter((file) => file.isReference && !lost.has(file.mediaId))
  await database.asService(async (tx) => {
    await tx.execute(
      `update vault.media m set storage = 'vault', file_path = r.path
       from jsonb_to_recordset($1::jsonb) as r(id uuid, path text) where m.id = r.id`,
      [JSON.stringify(here.map((file) => ({ id: file.mediaId, path: file.path })))],
    )
    // Imports and jobs of the other computer's moment must not go on here by themselves.
    await tx.execute(
      `update meta.imports set status = 'cancelled', finished_at = now() where status in ('running', 'waiting')`,
    )
    await tx.execute(`update meta.jobs set status = 'cancelled' where status in ('queued', 'running')`)
    await tx.execute(`update meta.backup_runs set status = 'cancelled', finished_at = now() where status = 'running'`)
    await tx.execute(`update meta.watched_folders set status = 'paused'`)
    await tx.execute(`insert into meta.jobs (kind, user_id) select $1, id from core.users where deleted_at is null`, [
      rebuildJob,
    ])
  })
}

function targetsIn(dir: string, files: readonly SnapshotFile[]): Map<string, string[]> {
  const users = join(dir, 'users')
  const targets = new Map<string, string[]>()
  for (const file of files) {
    const path = resolve(dir, file.path)
    // A path is data of the backup; it may not lead out of the vault.
    if (!path.startsWith(users + sep)) throw incomplete()
    targets.set(file.sha256, [...(targets.get(file.sha256) ?? []), path])
  }
  return targets
}

async function findSnapshot(repository: Repository, wanted: string | undefined): Promise<string> {
  const { snapshots } = await listSnapshots(repository)
  const [found, another] =
    wanted === undefined
      ? snapshots.slice(0, 1)
      : snapshots.filter((each) => each.name.startsWith(wanted) || each.about.id.startsWith(wanted))
  if (!found || another) {
    throw new CofferError(
      wanted === undefined
        ? 'There is no snapshot in this backup yet.'
        : `No single snapshot is called “${wanted}”. See coffer backup list.`,
      { code: 'snapshot-not-found' },
    )
  }
  return found.name
}

async function refuseUnlessFree(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
  if (names.length === 0) return
  const file = names.includes('vault.json') ? await readVaultFile(dir) : undefined
  const isUnfinished = file?.state === 'creating'
  if (isUnfinished) return
  throw new CofferError(`${dir} is not empty. Restore into a new folder; nothing is ever restored over a vault.`, {
    code: 'vault-not-empty',
  })
}

function chosen(contents: Contents, only: readonly string[]): SnapshotFile[] {
  const wanted = new Set(only.map((each) => each.toLowerCase()))
  const media = new Set(
    contents.albums
      .filter((album) => wanted.has(album.id) || wanted.has(album.name.toLowerCase()))
      .flatMap((album) => album.media),
  )
  return contents.files.filter(
    (file) =>
      media.has(file.mediaId) ||
      wanted.has(file.mediaId) ||
      wanted.has(file.sha256) ||
      wanted.has(file.filename.toLowerCase()),
  )
}

/** `IMG_1.jpg`, `IMG_1 (2).jpg`, … whatever is free; never a path. */
function freeName(filename: string, taken: Set<string>): string {
  const safe = basename(filename).replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_') || 'file'
  const extension = extname(safe)
  const stem = safe.slice(0, safe.length - extension.length)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? safe : `${stem} (${number})${extension}`
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

async function countRows(database: Database, tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  await database.snapshot(async (tx) => {
    for (const table of tables) {
      if (!/^[\w".]+$/.test(table)) throw incomplete()
      const row = await tx.one<{ n: number }>(`select count(*) as n from ${table}`)
      counts[table] = row?.n ?? -1
    }
  })
  return counts
}

function incomplete(): CofferError {
  return new CofferError('This snapshot is not complete.', { code: 'backup-damaged' })
}
