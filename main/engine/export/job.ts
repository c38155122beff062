import { z } from 'zod'
import {
  errorCodeSchema,
  type Export,
  type ExportProgress,
  type ExportResult,
  type StartExport,
} from '../../contract/index.ts'
import { CofferError, isDiskFull, messageOf } from '../base/errors.ts'
import { plainError } from '../base/plain-error.ts'
import { recordChanges } from '../changes/index.ts'
import { enqueue, jobKind, type RunningJob } from '../jobs/index.ts'
import { record } from '../objects/index.ts'
import type { ExportContext } from './context.ts'
import { copySelection } from './copies.ts'
import { exportVault } from './run.ts'
import { acceptFolder, acceptTarget } from './target.ts'

const exportPayload = z.object({
  path: z.string(),
  since: z.string().nullable().optional(),
  ids: z.array(z.string()).optional(),
})
export const exportJob = jobKind('export', exportPayload)

/**
 * Stores an export as a job. The folder is looked at first, so that a wrong one is reported to the person who chose it. Throws what
 * `acceptTarget` throws, and `conflict` while one into another folder runs. With `ids` only these originals are copied, into any
 * folder; see `copySelection`.
 */
export async function startExport(context: ExportContext, userId: string, input: StartExport): Promise<string> {
  const { vaultDir, vault } = context
  const ids = input.ids ?? null
  const dir = ids
    ? await acceptFolder(input.path, vaultDir)
    : (await acceptTarget(input.path, { vaultDir, vaultId: vault.id, personId: userId })).dir
  return context.database.asService(async (tx) => {
    const watched = await tx.query<{ path: string }>(`select path from meta.watched_folders where user_id = $1`, [
      userId,
    ])
    if (watched.some(({ path }) => isWithin(dir, path))) {
      throw new CofferError('That folder is watched: everything exported there would be imported again.', {
        code: 'conflict',
      })
    }
    const busy = await tx.one<{ id: string; path: string; isSelection: boolean }>(
      `select id, payload->>'path' as path, payload ? 'ids' as "isSelection" from meta.jobs
       where kind = $1 and user_id = $2 and status in ('queued', 'running')`,
      [exportJob.name, userId],
    )
    // One that was cut off goes on by itself at the next start: anyone who asks for it again is asking for that.
    if (busy?.path === dir && !busy.isSelection && !ids) return busy.id
    if (busy) throw new CofferError('An export is already running.', { code: 'conflict', retry: 'later' })
    const job = await enqueue(tx, {
      kind: exportJob,
      userId,
      payload: { path: dir, since: input.since ?? null, ...(ids && { ids }) },
    })
    await recordChanges(tx, userId, [{ noun: 'exports', objectId: job, kind: 'added' }])
    return job
  })
}

function isWithin(dir: string, folder: string): boolean {
  return dir === folder || dir.startsWith(folder.endsWith('/') ? folder : `${folder}/`) || dir.startsWith(`${folder}\\`)
}

interface JobRow {
  readonly id: string
  readonly path: string
  readonly since: string | null
  readonly isSelection: boolean
  readonly status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly state: {
    readonly result?: ExportResult
    readonly problem?: string
    readonly code?: string
    readonly isStopped?: true
  } | null
  readonly startedAt: string
  readonly endedAt: string
}

const columns = `id, payload->>'path' as path, payload->>'since' as since, payload ? 'ids' as "isSelection", status, state, created_at as "startedAt",
  updated_at as "endedAt"`

/** This person's exports, newest first. */
export async function listExports(context: ExportContext, userId: string): Promise<Export[]> {
  const rows = await context.database.asService((tx) =>
    tx.query<JobRow>(`select ${columns} from meta.jobs where kind = $1 and user_id = $2 order by id desc limit 50`, [
      exportJob.name,
      userId,
    ]),
  )
  return rows.map((row) => shown(row, context))
}

/** One export. Throws `not-found`. */
export async function readExport(context: ExportContext, userId: string, id: string): Promise<Export> {
  const row = await context.database.asService((tx) =>
    tx.one<JobRow>(`select ${columns} from meta.jobs where kind = $1 and user_id = $2 and id = $3`, [
      exportJob.name,
      userId,
      id,
    ]),
  )
  if (!row) throw new CofferError('There is no such export.', { code: 'not-found' })
  return shown(row, context)
}

function shown({ status, state, endedAt, ...row }: JobRow, { running }: ExportContext): Export {
  const isRunning = status === 'queued' || status === 'running'
  const problem = state?.problem ?? null
  return {
    ...row,
    status: isRunning ? 'running' : state?.isStopped ? 'cancelled' : problem === null ? status : 'failed',
    progress: isRunning ? (running.find(row.id)?.detail ?? null) : null,
    result: state?.result ?? null,
    problem,
    problemCode: errorCodeSchema.safeParse(state?.code).data ?? null,
    finishedAt: isRunning ? null : endedAt,
  }
}

/** Stops an export; what it wrote stays, and another one into the same folder goes on from there. Throws `not-found`. */
export async function cancelExport(context: ExportContext, userId: string, id: string): Promise<void> {
  await readExport(context, userId, id)
  await context.database.asService(async (tx) => {
    const waited = await tx.execute(
      `update meta.jobs set status = 'cancelled' where id = $1 and user_id = $2 and status = 'queued'`,
      [id, userId],
    )
    if (waited > 0) await record(tx, { userId, action: 'exports.cancelled', ids: [id], change: 'changed' })
  })
  await context.running.stop(id)
}

const atStart: ExportProgress = { phase: 'look', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }

/** The handler of an export job. One that the engine's end cuts off runs again at the next start. */
export async function runExport(
  context: ExportContext,
  job: RunningJob<z.infer<typeof exportPayload>>,
): Promise<'done' | 'interrupted'> {
  const { userId } = job
  const { path, since = null, ids } = job.payload
  if (userId === null) return 'done'
  const live = context.running.begin(job.id, { userId, outer: job.signal, detail: atStart })
  try {
    const options = { signal: live.signal, onProgress: (now: ExportProgress) => live.report(now, now) }
    const result = ids
      ? await copySelection(context, { userId, path, ids }, options)
      : await exportVault(context, { userId, path, since }, options)
    await keep(context, userId, job.id, { result })
    return 'done'
  } catch (error) {
    if (live.isStopped()) {
      await keep(context, userId, job.id, { isStopped: true })
      return 'done'
    }
    if (job.signal.aborted) return 'interrupted'
    context.log.error('export-failed', { message: messageOf(error) })
    await keep(context, userId, job.id, failureOf(error))
    return 'done'
  } finally {
    live.end()
    context.bell.showAgain(userId, 'exports')
  }
}

function failureOf(error: unknown): { problem: string; code: string } {
  if (isDiskFull(error)) {
    const problem =
      'The drive is full. What was exported so far is kept; free up some space and export to the same folder again.'
    return { problem, code: 'disk-full' }
  }
  const { code, message } = plainError(error, 'the export')
  if (code !== 'internal') return { problem: message, code }
  const problem =
    'The export failed: the folder could not be written to. What was exported so far is kept; export to it again to continue.'
  return { problem, code }
}

async function keep(
  context: ExportContext,
  userId: string,
  id: string,
  state: NonNullable<JobRow['state']>,
): Promise<void> {
  const { result } = state
  await context.database.asService(async (tx) => {
    await tx.execute(`update meta.jobs set state = $2::jsonb where id = $1`, [id, JSON.stringify(state)])
    const act = { userId, ids: [id], change: 'changed' } as const
    if (result) {
      const details = { files: result.files, failed: result.failed.length }
      await record(tx, { ...act, action: 'exports.made', details })
    } else if (state.isStopped) await record(tx, { ...act, action: 'exports.cancelled' })
    else await record(tx, { ...act, action: 'exports.failed', details: { code: state.code }, outcome: 'failed' })
  })
}
