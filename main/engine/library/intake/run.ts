import { mkdir, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { CofferError, isDiskFull, messageOf } from '../../base/errors.ts'
import { plainError } from '../../base/plain-error.ts'
import { recordChanges } from '../../changes/index.ts'
import { assertRoom } from '../../database/index.ts'
import { isAtRest, keepAll, openable, userFolders, type SourceFile } from '../../files/index.ts'
import type { RunningJob } from '../../jobs/index.ts'
import type { IntakeContext } from './context.ts'
import { finishFolders } from './folders.ts'
import type { ItemResult, WaitingItem } from './item.ts'
import { judge, type Met } from './judge.ts'
import { storedSizes, unchangedSources } from './known.ts'
import type { LiveImport } from './live.ts'
import { prepare, type InFlight } from './prepare.ts'
import { scan } from './scan.ts'
import { sweep } from './sweep.ts'
import { storeResults } from './store.ts'

const pageSize = 256
/** A batch is stored when it has this many results or is this old: rows wait little, transactions stay few. */
const newBatchSize = 48
const batchSize = 256
/** More batches than this waiting to be stored hold the reading back. */
const maxQueuedBatches = 4
const batchMs = 400
/** A file that never comes to rest is given up after this long; the next import takes it. */
const restLimitMs = 10 * 60_000

interface ImportRow {
  readonly id: string
  readonly userId: string
  readonly status: string
  readonly isDryRun: boolean
  readonly isReference: boolean
  readonly albumPerFolder: boolean
  readonly isWatched: boolean
  readonly scanComplete: boolean
  readonly paths: readonly string[]
}

/** The handler of an import job: scans, brings everything in, and leaves the import done, paused or waiting. */
export async function runImport(context: IntakeContext, job: RunningJob): Promise<'done' | 'interrupted' | 'later'> {
  const run = await context.database.asService((tx) =>
    tx.one<ImportRow>(
      `select id, user_id as "userId", status, dry_run as "isDryRun", is_reference as "isReference",
              album_per_folder as "albumPerFolder", watched_folder_id is not null as "isWatched", scan_complete as "scanComplete", paths
       from meta.imports where id = $1`,
      [job.payload['importId']],
    ),
  )
  if (!run || !['running', 'waiting'].includes(run.status)) return 'done'
  if (!run.isDryRun && !(await hasRoom(context, run))) return 'later'
  const live = context.live.begin(run.id, run.userId, job.signal)
  const startedMs = performance.now()
  try {
    await mkdir(userFolders(context.vaultDir, run.userId).incoming, { recursive: true, mode: 0o700 })
    await setStatus(context, run, 'running', null)
    await Promise.all([
      run.scanComplete ? undefined : scan(context, run, live.signal),
      run.isDryRun ? previewItems(context, run, live, job) : takeInItems(context, run, live, job),
    ])
    const problem = run.isDryRun ? null : await finishFolders(context, run, live.signal)
    await addActiveTime(context, run.id, startedMs)
    await setStatus(context, run, 'done', problem)
    return 'done'
  } catch (error) {
    await addActiveTime(context, run.id, startedMs).catch(() => {})
    // Temporary copies of what was cut off would fill the very disk that may just have run out.
    await sweep(context, run.userId).catch(() => {})
    if (job.signal.aborted) return 'interrupted'
    // Paused or cancelled: whoever stopped it has stored the status already.
    if (live.signal.aborted) return 'done'
    if (!isDiskFull(error) && !(error instanceof CofferError && error.retry === 'later')) {
      await setStatus(context, run, 'failed', plainError(error).message)
      throw error
    }
    context.log.warn('import-waits', { import: run.id, reason: messageOf(error) })
    await setStatus(context, run, 'waiting', sentenceFor(error)).catch(() => {})
    return 'later'
  } finally {
    live.end()
  }
}

async function hasRoom(context: IntakeContext, run: ImportRow): Promise<boolean> {
  try {
    await assertRoom(context.vaultDir, 0)
    return true
  } catch (error) {
    if (!isDiskFull(error)) throw error
    await setStatus(context, run, 'waiting', sentenceFor(error)).catch(() => {})
    return false
  }
}

function sentenceFor(error: unknown): string {
  return isDiskFull(error)
    ? 'The disk with the vault is full. Nothing was lost; the import goes on by itself when there is room.'
    : plainError(error).message
}

async function setStatus(
  context: IntakeContext,
  run: ImportRow,
  status: string,
  problem: string | null,
): Promise<void> {
  const isEnd = status === 'done' || status === 'failed'
  await context.database.asService(async (tx) => {
    await tx.execute(
      `update meta.imports set status = $2, problem = $3, finished_at = case when $4 then now() end
       where id = $1 and status in ('running', 'waiting')`,
      [run.id, status, problem, isEnd],
    )
    await recordChanges(tx, run.userId, [{ noun: 'imports', objectId: run.id, kind: 'changed' }])
  })
  context.bell.ring(run.userId)
}

async function addActiveTime(context: IntakeContext, importId: string, startedMs: number): Promise<void> {
  await context.database.asService((tx) =>
    tx.execute(`update meta.imports set active_ms = active_ms + $2 where id = $1`, [
      importId,
      Math.round(performance.now() - startedMs),
    ]),
  )
}

/** Waiting items in the order they were found, page by page, until the scan has ended and nothing waits. */
async function* waitingPages(
  context: IntakeContext,
  run: ImportRow,
  signal: AbortSignal,
): AsyncGenerator<readonly WaitingItem[]> {
  for (let last = 0; ;) {
    signal.throwIfAborted()
    // Asked before the page is read: items stored between the two are then on a later page.
    const state = await context.database.asService((tx) =>
      tx.one<{ scanComplete: boolean }>(`select scan_complete as "scanComplete" from meta.imports where id = $1`, [
        run.id,
      ]),
    )
    const rows = await context.database.asService((tx) =>
      tx.query<{ id: number; path: string; pathRaw: Uint8Array | null }>(
        `select id, path, path_raw as "pathRaw" from meta.import_items
         where import_id = $1 and outcome = 'waiting' and id > $2 order by id limit $3`,
        [run.id, last, pageSize],
      ),
    )
    if (rows.length > 0) {
      last = rows.at(-1)?.id ?? last
      yield await Promise.all(rows.map(withFacts))
    } else if (state?.scanComplete !== false) return
    else await pause(50, undefined, { signal })
  }
}

/** What the file is like now; the scan may be long ago. A file that is gone keeps its path and fails when opened. */
async function withFacts(row: { id: number; path: string; pathRaw: Uint8Array | null }): Promise<WaitingItem> {
  const facts = await stat(openable(row), { bigint: true }).catch(() => null)
  const file: SourceFile = {
    path: row.path,
    pathRaw: row.pathRaw,
    sizeBytes: Number(facts?.size ?? -1n),
    mtimeNs: facts?.mtimeNs ?? 0n,
    ctimeNs: facts?.ctimeNs ?? 0n,
    inode: facts ? `${facts.dev}:${facts.ino}` : '',
  }
  return { id: row.id, file }
}

async function takeInItems(context: IntakeContext, run: ImportRow, live: LiveImport, job: RunningJob): Promise<void> {
  const restless: WaitingItem[] = []
  const intake = openIntake(context, run, live, () => job.progressed())
  try {
    for await (const page of waitingPages(context, run, live.signal)) {
      const known = await unchangedSources(context.database, run.userId, page)
      intake.expect(await sizesOf(context, run, page))
      for (const item of page) {
        const mediaId = known.get(item.id)
        if (mediaId !== undefined) intake.settle({ outcome: 'duplicate', item, mediaId, restore: false, reason: null })
        else if (item.file.sizeBytes < 0)
          intake.settle({ outcome: 'failed', item, reason: 'It is not there any more.' })
        else if (isAtRest(item.file)) await intake.take(item)
        else restless.push(item)
      }
      await intake.caughtUp()
    }
    restless.push(...(await intake.drained()))
    await takeWhenAtRest(restless, intake, live.signal)
  } finally {
    await intake.close()
  }
}

/** Which sizes of these files some item has already. */
async function sizesOf(
  context: IntakeContext,
  run: ImportRow,
  page: readonly WaitingItem[],
): Promise<ReadonlySet<number>> {
  const sizes = page.map((item) => item.file.sizeBytes)
  return context.database.read(run.userId, (tx) => storedSizes(tx, run.userId, sizes))
}

interface Intake {
  /** Sizes that items have: only a file of one of these can be a duplicate. */
  expect(sizes: ReadonlySet<number>): void
  /** Takes a file in as soon as there is a free place; returns when it was handed over, not when it is done. */
  take(item: WaitingItem): Promise<void>
  settle(result: ItemResult): void
  /** Holds the caller while storing lags behind. */
  caughtUp(): Promise<void>
  /** Waits until everything handed over is stored; gives back the files that are still being written. */
  drained(): Promise<WaitingItem[]>
  close(): Promise<void>
}

/** Looks at files that were just written until two looks agree, then takes them in. */
async function takeWhenAtRest(files: readonly WaitingItem[], intake: Intake, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + restLimitMs
  let waiting = files
  while (waiting.length > 0) {
    await pause(500, undefined, { signal })
    const still: WaitingItem[] = []
    for (const item of waiting) {
      const now = await withFacts({ id: item.id, path: item.file.path, pathRaw: item.file.pathRaw })
      const isSame = now.file.sizeBytes === item.file.sizeBytes && now.file.mtimeNs === item.file.mtimeNs
      if (now.file.sizeBytes < 0) intake.settle({ outcome: 'failed', item: now, reason: 'It is not there any more.' })
      else if (isSame && isAtRest(now.file)) await intake.take(now)
      else if (performance.now() > giveUpAt) {
        intake.settle({ outcome: 'failed', item: now, reason: 'It is still being written. Import it again later.' })
      } else still.push(now)
    }
    waiting = [...still, ...(await intake.drained())]
  }
}

function openIntake(context: IntakeContext, run: ImportRow, live: LiveImport, progressed: () => void): Intake {
  const inFlight: InFlight = new Map()
  const met = new Set<number>()
  const incoming = userFolders(context.vaultDir, run.userId).incoming
  const width = context.workers.size + 2
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  let ready: Exclude<ItemResult, { outcome: 'later' }>[] = []
  let later: WaitingItem[] = []
  let storing: Promise<void> = Promise.resolve()
  let queued = 0
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batch = ready
    ready = []
    if (batch.length === 0) return
    queued += 1
    storing = storing.then(async () => {
      queued -= 1
      try {
        if (failure) return
        const keeping = batch.flatMap((result) => (result.outcome === 'new' ? result.media.keeping : []))
        await keepAll(context.vaultDir, incoming, keeping, () =>
          context.database.asService((tx) => storeResults(tx, run, batch)),
        )
        for (const result of batch) if (result.outcome === 'new') inFlight.delete(result.media.hash)
        context.database.noteBulk(batch.length)
        live.progressed(
          batch.length,
          batch.reduce((sum, result) => sum + Math.max(result.item.file.sizeBytes, 0), 0),
        )
        progressed()
        context.bell.ring(run.userId)
      } catch (error) {
        failure ??= { error }
      } finally {
        for (const result of batch) {
          if (result.outcome !== 'new' || result.media.storage !== 'vault') continue
          context.space.release(run.userId, result.media.sizeBytes)
        }
      }
    })
  }

  function settle(result: ItemResult): void {
    if (result.outcome === 'later') {
      later.push(result.item)
      return
    }
    ready.push(result)
    if (ready.length >= batchSize || fresh() >= newBatchSize) flush()
    else timer ??= setTimeout(flush, batchMs)
  }

  function fresh(): number {
    return ready.reduce((sum, result) => sum + (result.outcome === 'new' ? 1 : 0), 0)
  }

  function throwFailure(): void {
    if (failure) throw failure.error
  }

  return {
    settle,
    expect(sizes) {
      for (const size of sizes) met.add(size)
    },
    async caughtUp() {
      if (queued > maxQueuedBatches) await storing
      throwFailure()
    },
    async take(item) {
      while (running.size >= width) await Promise.race(running)
      throwFailure()
      live.signal.throwIfAborted()
      live.currentFile(item.file.path)
      const isNewSize = !met.has(item.file.sizeBytes)
      met.add(item.file.sizeBytes)
      const task: Promise<void> = prepare(context, run, item, inFlight, live.signal, isNewSize)
        .then(settle)
        .catch((error: unknown) => {
          // What an abort cuts off runs again later; what was finished before it is still stored.
          if (!live.signal.aborted) failure ??= { error }
        })
        .finally(() => running.delete(task))
      running.add(task)
    },
    async drained() {
      await Promise.all(running)
      flush()
      await storing
      throwFailure()
      const files = later
      later = []
      return files
    },
    async close() {
      await Promise.all(running)
      flush()
      await storing
    },
  }
}

async function previewItems(context: IntakeContext, run: ImportRow, live: LiveImport, job: RunningJob): Promise<void> {
  const met = new Map<number, Met>()
  for await (const page of waitingPages(context, run, live.signal)) {
    const known = await unchangedSources(context.database, run.userId, page)
    const stored = await sizesOf(context, run, page)
    const verdicts: { id: number; outcome: string; media_id: string | null; reason: string | null }[] = []
    for (const item of page) {
      live.signal.throwIfAborted()
      live.currentFile(item.file.path)
      const mediaId = known.get(item.id)
      const verdict =
        mediaId === undefined
          ? await judge(context, run.userId, item, { stored, met }, live.signal)
          : { outcome: 'duplicate' as const, mediaId, reason: null }
      verdicts.push({ id: item.id, outcome: verdict.outcome, media_id: verdict.mediaId, reason: verdict.reason })
    }
    const count = (outcome: string): number => verdicts.filter((verdict) => verdict.outcome === outcome).length
    await context.database.asService(async (tx) => {
      await tx.execute(
        `update meta.import_items i set outcome = r.outcome, media_id = r.media_id, reason = r.reason, updated_at = now()
         from jsonb_to_recordset($2::jsonb) as r(id bigint, outcome text, media_id uuid, reason text)
         where i.import_id = $1 and i.id = r.id`,
        [run.id, JSON.stringify(verdicts)],
      )
      await tx.execute(
        `update meta.imports set added = added + $2, duplicates = duplicates + $3, stacked = stacked + $4,
                unsupported = unsupported + $5, failed = failed + $6, done_bytes = done_bytes + $7 where id = $1`,
        [
          run.id,
          count('added'),
          count('duplicate'),
          count('stacked'),
          count('unsupported'),
          count('failed'),
          page.reduce((sum, item) => sum + Math.max(item.file.sizeBytes, 0), 0),
        ],
      )
    })
    job.progressed()
    live.progressed(page.length, 0)
  }
}
