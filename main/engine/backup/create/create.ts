import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile } from '../../base/durable.ts'
import { CofferError } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { isRealFolder, pathOutside } from '../../base/inside.ts'
import { vaultScratch } from '../../base/scratch.ts'
import type { Log } from '../../base/log.ts'
import { readVaultFile, type Database } from '../../database/index.ts'
import { hasWhole, readCatalogue, writeIndex, type PackEntry } from '../repository/catalogue.ts'
import { listSnapshots } from '../check/check.ts'
import { holdOriginals, placeOf } from '../../files/index.ts'
import { gather, sourceOf, type PointInTime } from './gather.ts'
import { listThumbnails, writeLists, type ThumbnailList } from './lists.ts'
import type { SourceOriginal } from '../pack/messages.ts'
import { startPool, type PackPool } from '../pack/pool.ts'
import { mendIndex, provesSample, readAgain, type WrittenPack } from '../check/read-again.ts'
import { completeCopies, formatVersion, type Repository } from '../repository/repository.ts'
import { writeSnapshot, type SnapshotAbout } from './snapshot.ts'
import { destinationError, makeFolder } from '../repository/store.ts'

/** Originals up to this size share packs. */
const smallBytes = 16 << 20
/** A pack of small originals is closed when it has this much. */
const packBytes = 32 << 20
/** Or so many: what one thread is asked for stays small. */
const packFiles = 4000
/** After this much new data the index is written, so that a run that is cut off need not begin again. */
const indexEveryBytes = 1 << 30

export interface VaultToBackUp {
  readonly vaultDir: string
  readonly database: Database
  readonly log: Log
}

export interface BackupProgress {
  readonly phase: 'database' | 'originals' | 'snapshot' | 'sample'
  readonly files: number
  readonly totalFiles: number
  readonly bytes: number
  readonly totalBytes: number
}

export interface BackupOptions {
  readonly signal: AbortSignal
  /** Also the small pictures, so that a restored vault shows them at once. */
  readonly withThumbnails?: boolean
  /** The highest number this vault knows to have given; the new snapshot gets a higher one. */
  readonly afterNumber?: number
  readonly onProgress?: (now: BackupProgress) => void
}

export interface BackupResult {
  /** Name of the snapshot in the repository. */
  readonly snapshot: string
  readonly id: string
  /** Its place in the order of snapshots; each is higher than all before it. */
  readonly number: number
  readonly createdAt: string
  /** Originals the snapshot speaks of, and their bytes. */
  readonly files: number
  readonly bytes: number
  /** Bytes this run added to the repository. */
  readonly addedBytes: number
  /** Originals that lay in damaged packs and were written again. */
  readonly mended: number
  /** Bytes of packs, old and new, that were read back from the disk and are whole. */
  readonly readBackBytes: number
  readonly seconds: number
  /** Originals that are gone or not what they were; everything else is safe. */
  readonly problems: readonly {
    readonly path: string
    readonly mediaId: string
    readonly reason: 'missing' | 'damaged'
  }[]
}

/**
 * Adds a snapshot of a vault as it is now. Originals the repository has are not read again. A run that was cut off leaves
 * the repository valid; what it wrote is used by the next one. Throws `backup-locked`, `disk-full`, `backup-unreachable`,
 * and what `signal` gives as its reason.
 */
export async function createBackup(
  vault: VaultToBackUp,
  repository: Repository,
  options: BackupOptions,
): Promise<BackupResult> {
  const startedMs = performance.now()
  const { store } = repository
  const lock = await store.lock()
  let scratch: string | null = null
  try {
    await sweepTemporary(store.dir)
    await completeCopies(store)
    scratch = await vaultScratch(vault.vaultDir, 'backup')
    const folder = scratch
    return await holdOriginals(vault.vaultDir, () => run(vault, repository, options, folder, startedMs))
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason
    throw destinationError(error)
  } finally {
    if (scratch !== null) await rm(scratch, { recursive: true, force: true })
    // A destination that is gone keeps its lock file; the next run finds the process gone or the lock stale.
    await lock.release().catch(() => {})
  }
}

/** Files of a run that was cut off. The lock must be held. */
export async function sweepTemporary(dir: string): Promise<void> {
  await makeFolder(join(dir, 'tmp'))
  if (!(await isRealFolder(join(dir, 'tmp')))) throw pathOutside('tmp')
  for (const name of await readdir(join(dir, 'tmp'))) await rm(join(dir, 'tmp', name), { force: true })
}

async function run(
  vault: VaultToBackUp,
  repository: Repository,
  options: BackupOptions,
  scratch: string,
  startedMs: number,
): Promise<BackupResult> {
  const file = await readVaultFile(vault.vaultDir)
  if (!file) throw new CofferError('The vault’s vault.json is missing.', { code: 'vault-damaged' })
  const createdAt = new Date().toISOString()
  const say = options.onProgress ?? (() => {})
  say({ phase: 'database', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 })
  await using pool = startPool(options.signal)
  const [moment, { catalogue, found, readBytes, damagedIndexes }, { snapshots }] = await Promise.all([
    gather(vault.database, scratch),
    readCatalogue(repository).then(async (read) => ({
      ...(await readAgain(repository, read, pool, { some: true })),
      damagedIndexes: read.damaged,
    })),
    listSnapshots(repository),
  ])
  options.signal.throwIfAborted()
  await mendIndex(repository, found, damagedIndexes)
  const isThere = (hash: string): boolean => hasWhole(catalogue, hash)
  const thumbnails = options.withThumbnails
    ? await listThumbnails({ vaultDir: vault.vaultDir, repository, snapshots, moment, scratch, signal: options.signal })
    : null
  const wanted = (): AsyncGenerator<readonly SourceOriginal[]> => wantedOf(vault, moment, thumbnails, isThere)
  const total = { files: 0, bytes: 0 }
  let mended = 0
  for await (const some of wanted()) {
    total.files += some.length
    mended += some.filter((each) => catalogue.packOf.has(each.hash)).length
    total.bytes += some.reduce((sum, each) => sum + each.size, 0)
  }
  // The sample needs one in any case.
  pool.prepare()
  const written = await writePacks(repository, pool, groups(total.files > 0 ? wanted() : []), (files, bytes) =>
    say({ phase: 'originals', files, totalFiles: total.files, bytes, totalBytes: total.bytes }),
  )
  await pool.rest()
  const lists = await writeLists(
    moment,
    thumbnails,
    scratch,
    new Map(written.bad.map((each) => [each.hash, each.reason])),
  )
  const { files, bytes, problems } = lists
  say({ phase: 'snapshot', files, totalFiles: files, bytes: 0, totalBytes: 0 })
  const number = 1 + Math.max(options.afterNumber ?? 0, ...snapshots.map((each) => each.about.number ?? 0))
  const about: SnapshotAbout = {
    format: formatVersion,
    id: newId(),
    createdAt,
    number,
    vaultId: file.id,
    vaultName: file.name,
    schemaVersion: moment.dumped.schemaVersion,
    program: 'coffer',
    files,
    bytes,
    tables: { ...moment.dumped.tables },
    sums: { ...moment.dumped.sums },
    ...(thumbnails && { thumbnails: lists.thumbnails }),
    missing: problems.map(({ sha256, path, reason }) => ({ sha256, path, reason })),
  }
  const snapshot = await writeSnapshot(repository, [
    { name: 'snapshot.json', bytes: Buffer.from(JSON.stringify(about, null, 2)) },
    { name: 'vault.json', bytes: Buffer.from(JSON.stringify(file, null, 2)) },
    ...lists.parts,
    { name: 'database.sql', file: moment.sqlPath },
  ])
  repository.abouts.set(snapshot.name, about)
  say({ phase: 'sample', files, totalFiles: files, bytes: 0, totalBytes: 0 })
  const sampledBytes = await provesSample(repository, pool, written.packs, snapshot.name)
  const addedBytes = written.packs.reduce((sum, pack) => sum + pack.size, 0) + snapshot.size + written.indexBytes
  return {
    snapshot: snapshot.name,
    id: about.id,
    number,
    createdAt,
    files,
    bytes,
    addedBytes,
    mended: mended - written.bad.filter((each) => catalogue.packOf.has(each.hash)).length,
    readBackBytes: readBytes + sampledBytes,
    seconds: (performance.now() - startedMs) / 1000,
    problems: problems.map(({ path, mediaId, reason }) => ({ path, mediaId, reason })),
  }
}

/** What the repository has not yet, each once, many at a time. */
async function* wantedOf(
  { vaultDir, database }: VaultToBackUp,
  moment: PointInTime,
  thumbnails: ThumbnailList | null,
  isThere: (hash: string) => boolean,
): AsyncGenerator<readonly SourceOriginal[]> {
  const seen = new Set<string>()
  const isNew = (hash: string): boolean => {
    if (isThere(hash) || seen.has(hash)) return false
    seen.add(hash)
    return true
  }
  for await (const some of moment.originals()) {
    const fresh = some.filter((each) => isNew(each.sha256))
    yield fresh.map((each) => ({ hash: each.sha256, size: each.size, ...sourceOf(vaultDir, database, each) }))
  }
  if (!thumbnails) return
  for await (const some of thumbnails.all()) {
    const fresh = some.filter((each) => isNew(each.sha256))
    yield fresh.map(({ sha256, size, path }) => {
      return { hash: sha256, size, ...placeOf(vaultDir, database, { path, storage: 'vault' }) }
    })
  }
}

/** Small originals together, large ones alone, in the order they come. */
async function* groups(
  files: AsyncIterable<readonly SourceOriginal[]> | readonly (readonly SourceOriginal[])[],
): AsyncGenerator<SourceOriginal[]> {
  let open: SourceOriginal[] = []
  let bytes = 0
  for await (const some of files) {
    for (const file of some) {
      if (file.size > smallBytes) {
        yield [file]
        continue
      }
      open.push(file)
      bytes += file.size
      if (bytes < packBytes && open.length < packFiles) continue
      yield open
      open = []
      bytes = 0
    }
  }
  if (open.length > 0) yield open
}

interface Written {
  readonly packs: readonly WrittenPack[]
  readonly bad: readonly { readonly hash: string; readonly reason: 'missing' | 'damaged' }[]
  readonly indexBytes: number
}

async function writePacks(
  repository: Repository,
  pool: PackPool,
  packs: AsyncIterable<readonly SourceOriginal[]>,
  say: (files: number, bytes: number) => void,
): Promise<Written> {
  const { store, recipient } = repository
  const written: Written['packs'][number][] = []
  const bad: { hash: string; reason: 'missing' | 'damaged' }[] = []
  let unindexed: PackEntry[] = []
  let unindexedBytes = 0
  let indexBytes = 0
  let files = 0
  let bytes = 0

  async function index(): Promise<void> {
    const entries = unindexed
    unindexed = []
    unindexedBytes = 0
    if (entries.length === 0) return
    const name = await writeIndex(repository, entries)
    indexBytes += (await stat(store.path('index', name))).size
  }

  const queue = packs[Symbol.asyncIterator]()
  async function lane(): Promise<void> {
    for (;;) {
      const { value: group, done } = await queue.next()
      if (done === true) return
      const temporary = store.temporary()
      const result = await pool.write({ files: group, recipient, temporary })
      bad.push(...result.bad)
      files += group.length
      bytes += group.reduce((sum, each) => sum + each.size, 0)
      say(files, bytes)
      if (result.pack === null) continue
      // Here and not in the thread, which packs the next ones while the disk is waited for.
      await syncFile(temporary)
      await store.adopt('data', temporary, result.pack)
      const entry = { pack: result.pack, size: result.size, entries: result.entries }
      written.push({ ...entry, entries: entry.entries.length })
      unindexed.push(entry)
      unindexedBytes += result.size
      if (unindexedBytes >= indexEveryBytes) await index()
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: 2 * pool.size }, lane))
  const failed = lanes.find((each) => each.status === 'rejected')
  if (failed) {
    // What is on disk is worth naming, so that the next run goes on from here.
    await index().catch(() => {})
    throw failed.reason
  }
  await index()
  return { packs: written, bad, indexBytes }
}
