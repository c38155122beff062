import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { CofferError } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { readVaultFile, type Database } from '../database/index.ts'
import { readCatalogue, writeIndex, type PackEntry } from './catalogue.ts'
import { gather } from './gather.ts'
import type { SourceOriginal } from './messages.ts'
import { startPool, type PackPool } from './pool.ts'
import { formatVersion, type Repository } from './repository.ts'
import { snapshotLine, writeSnapshot, type SnapshotAbout } from './snapshot.ts'
import { destinationError } from './store.ts'

/** Originals up to this size share packs. */
const smallBytes = 16 << 20
/** A pack of small originals is closed when it has this much. */
const packBytes = 32 << 20
/** After this much new data the index is written, so that a run that is cut off need not begin anew. */
const indexEveryBytes = 1 << 30
const sampledPacks = 3

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

export interface BackupResult {
  /** Name of the snapshot in the repository. */
  readonly snapshot: string
  readonly id: string
  readonly createdAt: string
  /** Originals the snapshot speaks of, and their bytes. */
  readonly files: number
  readonly bytes: number
  /** Bytes this run added to the repository. */
  readonly addedBytes: number
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
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: BackupProgress) => void },
): Promise<BackupResult> {
  const startedMs = performance.now()
  const { store } = repository
  const lock = await store.lock()
  const scratch = join(vault.vaultDir, `backup.${newId()}.tmp`)
  try {
    await sweepTemporary(store.dir)
    await mkdir(scratch, { mode: 0o700 })
    return await run(vault, repository, options, scratch, startedMs)
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason
    throw destinationError(error)
  } finally {
    await rm(scratch, { recursive: true, force: true })
    // A destination that is gone keeps its lock file; the next run finds the process gone or the lock stale.
    await lock.release().catch(() => {})
  }
}

/** Files of a run that was cut off. The lock must be held. */
export async function sweepTemporary(dir: string): Promise<void> {
  await mkdir(join(dir, 'tmp'), { recursive: true })
  for (const name of await readdir(join(dir, 'tmp'))) await rm(join(dir, 'tmp', name), { force: true })
}

async function run(
  vault: VaultToBackUp,
  repository: Repository,
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: BackupProgress) => void },
  scratch: string,
  startedMs: number,
): Promise<BackupResult> {
  const { store } = repository
  const file = await readVaultFile(vault.vaultDir)
  if (!file) throw new CofferError('The vault lost its vault.json.', { code: 'vault-damaged' })
  const createdAt = new Date().toISOString()
  const say = options.onProgress ?? (() => {})
  say({ phase: 'database', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 })
  const sqlPath = join(scratch, 'database.sql')
  const moment = await gather(vault.database, sqlPath)
  options.signal.throwIfAborted()

  const catalogue = await readCatalogue(repository)
  const present = await store.list('data')
  const isThere = (hash: string): boolean => {
    const pack = catalogue.packOf.get(hash)
    return pack !== undefined && present.get(pack) === catalogue.packs.get(pack)?.size
  }
  const wanted = new Map<string, SourceOriginal>()
  for (const each of moment.files) {
    if (isThere(each.sha256) || wanted.has(each.sha256)) continue
    const path = isAbsolute(each.source) ? each.source : join(vault.vaultDir, each.source)
    wanted.set(each.sha256, { hash: each.sha256, size: each.size, path })
  }
  const totalBytes = [...wanted.values()].reduce((sum, each) => sum + each.size, 0)
  await using pool = startPool(options.signal)
  const written = await writePacks(repository, pool, groups([...wanted.values()]), (files, bytes) =>
    say({
      phase: 'originals',
      files,
      totalFiles: wanted.size,
      bytes,
      totalBytes,
    }),
  )
  const bad = new Map(written.bad.map((each) => [each.hash, each.reason]))
  const kept = moment.files.filter((each) => !bad.has(each.sha256))
  const problems = moment.files.flatMap((each) => {
    const reason = bad.get(each.sha256)
    return reason === undefined ? [] : [{ path: each.source, mediaId: each.mediaId, sha256: each.sha256, reason }]
  })
  say({ phase: 'snapshot', files: kept.length, totalFiles: kept.length, bytes: 0, totalBytes: 0 })
  const about: SnapshotAbout = {
    format: formatVersion,
    id: newId(),
    createdAt,
    vaultId: file.id,
    vaultName: file.name,
    schemaVersion: moment.dumped.schemaVersion,
    program: 'coffer',
    files: kept.length,
    bytes: kept.reduce((sum, each) => sum + each.size, 0),
    tables: { ...moment.dumped.tables },
    missing: problems.map(({ sha256, path, reason }) => ({ sha256, path, reason })),
  }
  const text = (lines: readonly unknown[]): Buffer =>
    Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const snapshot = await writeSnapshot(repository, [
    { name: 'snapshot.json', bytes: Buffer.from(JSON.stringify(about, null, 2)) },
    { name: 'vault.json', bytes: Buffer.from(JSON.stringify(file, null, 2)) },
    { name: 'files.jsonl', bytes: text(kept.map(snapshotLine)) },
    { name: 'albums.jsonl', bytes: text(moment.albums) },
    { name: 'place.sh', bytes: Buffer.from(placeScript(kept)) },
    { name: 'database.sql', file: sqlPath },
  ])
  say({ phase: 'sample', files: kept.length, totalFiles: kept.length, bytes: 0, totalBytes: 0 })
  await provesSample(repository, pool, written.packs, snapshot.name)
  const addedBytes = written.packs.reduce((sum, pack) => sum + pack.size, 0) + snapshot.size + written.indexBytes
  return {
    snapshot: snapshot.name,
    id: about.id,
    createdAt,
    files: about.files,
    bytes: about.bytes,
    addedBytes,
    seconds: (performance.now() - startedMs) / 1000,
    problems: problems.map(({ path, mediaId, reason }) => ({ path, mediaId, reason })),
  }
}

/** Small originals together, large ones alone, in the order they were given. */
function groups(files: readonly SourceOriginal[]): SourceOriginal[][] {
  const all: SourceOriginal[][] = []
  let open: SourceOriginal[] = []
  let bytes = 0
  for (const file of files) {
    if (file.size > smallBytes) {
      all.push([file])
      continue
    }
    open.push(file)
    bytes += file.size
    if (bytes < packBytes) continue
    all.push(open)
    open = []
    bytes = 0
  }
  if (open.length > 0) all.push(open)
  return all
}

interface Written {
  readonly packs: readonly PackEntry[]
  readonly bad: readonly { readonly hash: string; readonly reason: 'missing' | 'damaged' }[]
  readonly indexBytes: number
}

async function writePacks(
  repository: Repository,
  pool: PackPool,
  packs: readonly (readonly SourceOriginal[])[],
  say: (files: number, bytes: number) => void,
): Promise<Written> {
  const { store, recipient } = repository
  const written: PackEntry[] = []
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

  const queue = packs.values()
  async function lane(): Promise<void> {
    for (const group of queue) {
      const temporary = store.temporary()
      const result = await pool.write({ files: group, recipient, temporary })
      bad.push(...result.bad)
      files += group.length
      bytes += group.reduce((sum, each) => sum + each.size, 0)
      say(files, bytes)
      if (result.pack === null) continue
      await store.adopt('data', temporary, result.pack)
      const entry = { pack: result.pack, size: result.size, entries: result.entries }
      written.push(entry)
      unindexed.push(entry)
      unindexedBytes += result.size
      if (unindexedBytes >= indexEveryBytes) await index()
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: pool.size }, lane))
  const failed = lanes.find((each) => each.status === 'rejected')
  if (failed) {
    // What is on disk is worth naming, so that the next run goes on from here.
    await index().catch(() => {})
    throw failed.reason
  }
  await index()
  return { packs: written, bad, indexBytes }
}

/** Reads some of what was just written back from the disk and decrypts it. Throws `backup-damaged`. */
async function provesSample(
  repository: Repository,
  pool: PackPool,
  packs: readonly PackEntry[],
  snapshot: string,
): Promise<void> {
  const { store, identity } = repository
  const sample = packs.toSorted(() => Math.random() - 0.5).slice(0, sampledPacks)
  const read = await Promise.all(
    sample.map(async (pack) => ({
      pack,
      result: await pool.read({ path: store.path('data', pack.pack), name: pack.pack, identity, targets: [] }),
    })),
  )
  const isWhole = read.every(
    ({ pack, result }) => result.damage === null && result.whole.length === pack.entries.length,
  )
  const about = await pool.read({
    path: store.path('snapshots', snapshot),
    name: snapshot,
    identity: null,
    targets: [],
  })
  if (isWhole && about.damage === null) return
  throw new CofferError('What was written to the backup could not be read back. Its drive may be failing.', {
    code: 'backup-damaged',
  })
}

/** Moves extracted originals to their places, for a restore by hand. */
function placeScript(files: readonly { readonly sha256: string; readonly path: string }[]): string {
  const lines = [
    '#!/bin/sh',
    '# Moves originals/… to where they were in the vault. Run it in the folder that has originals/.',
    'set -e',
  ]
  const folders = new Set(files.map((file) => file.path.slice(0, file.path.lastIndexOf('/'))))
  for (const folder of [...folders].toSorted()) lines.push(`mkdir -p ${quoted(folder)}`)
  for (const file of files) lines.push(`cp ${quoted(`originals/${file.sha256}`)} ${quoted(file.path)}`)
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
