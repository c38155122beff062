import { z } from 'zod'
import {
  idSchema,
  type BackupKey,
  type BackupReason,
  type BackupRunKind,
  type RunBackup,
} from '../../../contract/index.ts'
import { CofferError, messageOf } from '../../base/errors.ts'
import { plainError } from '../../base/plain-error.ts'
import { recordChanges } from '../../changes/index.ts'
import type { Writer } from '../../database/index.ts'
import { enqueue, jobKind, type Progress, type RunningJob, type Work } from '../../jobs/index.ts'
import { record } from '../../objects/index.ts'
import { checkRepository, listSnapshots } from '../check/check.ts'
import type { BackupContext } from './context.ts'
import { createBackup } from '../create/create.ts'
import { readBackup, repositoryOf } from './destinations.ts'
import { forgetSnapshots, prune, type Keep } from '../repository/prune.ts'
import type { Repository } from '../repository/repository.ts'
import { proveSnapshot } from '../check/prove.ts'
import { storedReason } from './reasons.ts'
import { isRolledBack, rememberedSnapshot } from './remembered.ts'

const backupPayload = z.object({
  runId: idSchema,
  readData: z.boolean().optional(),
  sample: z.number().optional(),
})
type BackupPayload = z.infer<typeof backupPayload>
export const backupJob = jobKind('backup', backupPayload)

/**
 * Stores a run and its job. A key given with it is tried at once, so that a wrong passphrase is reported to the person who typed it.
 * Throws `not-found`, `backup-wrong-key`, `backup-unreachable`, `conflict` when one is running already.
 */
export async function startBackupRun(
  context: BackupContext,
  userId: string,
  id: string,
  input: RunBackup,
): Promise<string> {
  const backup = await readBackup(context, userId, id)
  await repositoryOf(context, backup, keyOf(input))
  return context.database.asService(async (tx) => {
    const busy = await tx.one<{ status: string }>(
      `select status from meta.backup_runs where backup_id = $1 and status in ('running', 'paused') order by status desc`,
      [id],
    )
    if (busy?.status === 'running') {
      throw new CofferError('This backup is already running.', { code: 'conflict', retry: 'later' })
    }
    const kind = input.kind ?? 'create'
    if (busy && kind === 'create') return resumeIn(tx, userId, id)
    const run = await tx.one<{ id: string }>(
      `insert into meta.backup_runs (backup_id, user_id, kind) values ($1, $2, $3) returning id`,
      [id, userId, kind],
    )
    if (!run) throw new Error('a backup run was not stored')
    const { readData, sample } = input
    await enqueue(tx, { kind: backupJob, userId, payload: { runId: run.id, readData, sample } })
    await recordChanges(tx, userId, [{ noun: 'backups', objectId: id, kind: 'changed' }])
    return run.id
  })
}

async function resumeIn(tx: Writer, userId: string, id: string): Promise<string> {
  const run = await tx.one<{ id: string }>(
    `update meta.backup_runs set status = 'running', result = '{}' where backup_id = $1 and status = 'paused' returning id`,
    [id],
  )
  if (!run) throw new CofferError('This backup is not paused.', { code: 'conflict' })
  await enqueue(tx, { kind: backupJob, userId, payload: { runId: run.id } })
  await record(tx, { userId, action: 'backups.resumed', ids: [id], change: 'changed' })
  return run.id
}

/**
 * Goes on with a paused backup; what it wrote so far is used. Throws `not-found`, `conflict`, `backup-wrong-key`,
 * `backup-unreachable`.
 */
export async function resumeBackup(context: BackupContext, userId: string, id: string): Promise<void> {
  await repositoryOf(context, await readBackup(context, userId, id), {})
  await context.database.asService((tx) => resumeIn(tx, userId, id))
}

/** Stops a backup where it is; it stays paused over restarts until it is resumed. Throws `not-found`, `conflict`. */
export async function pauseBackup(context: BackupContext, userId: string, id: string): Promise<void> {
  const { files = 0, totalFiles = 0, bytes = 0, totalBytes = 0 } = context.running.find(id)?.progress ?? {}
  await stop(context, userId, id, {
    status: 'paused',
    sql: `update meta.backup_runs set status = 'paused', result = $2::jsonb
          where backup_id = $1 and status = 'running' and kind = 'create' returning kind`,
    values: [JSON.stringify({ files, totalFiles, bytes, totalBytes })],
    refusal: 'No backup is running that could be paused.',
  })
}

/** Ends a run that runs or is paused. The repository is valid, and what was written is used by the next one. */
export async function cancelBackup(context: BackupContext, userId: string, id: string): Promise<void> {
  await stop(context, userId, id, {
    status: 'cancelled',
    sql: `update meta.backup_runs set status = 'cancelled', result = '{}', finished_at = now()
          where backup_id = $1 and status in ('running', 'paused') returning kind`,
    values: [],
    refusal: 'Nothing is running that could be stopped.',
  })
}

/** What is stored changes first: a run that is stopped leaves it as it finds it. */
async function stop(
  context: BackupContext,
  userId: string,
  id: string,
  change: {
    readonly status: 'paused' | 'cancelled'
    readonly sql: string
    readonly values: readonly string[]
    readonly refusal: string
  },
): Promise<void> {
  await readBackup(context, userId, id)
  await context.database.asService(async (tx) => {
    const run = await tx.one<{ kind: BackupRunKind }>(change.sql, [id, ...change.values])
    if (!run) throw new CofferError(change.refusal, { code: 'conflict' })
    const { status } = change
    const action = status === 'cancelled' ? (`backups.${run.kind}` as const) : 'backups.paused'
    await record(tx, { userId, action, ids: [id], change: 'changed', details: { status } })
  })
  await context.running.stop(id)
}

function keyOf({ passphrase, identity }: RunBackup): BackupKey {
  return { ...(passphrase !== undefined && { passphrase }), ...(identity !== undefined && { identity }) }
}

interface RunRow {
  readonly id: string
  readonly backupId: string
  readonly userId: string
  readonly kind: BackupRunKind
  readonly path: string
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
  readonly withThumbnails: boolean
}

/** The handler of a backup job. A run that the engine's end cuts off runs again at the next start. */
export async function runBackup(
  context: BackupContext,
  job: RunningJob<BackupPayload>,
): Promise<'done' | 'interrupted'> {
  const run = await context.database.asService((tx) =>
    tx.one<RunRow>(
      `select r.id, r.backup_id as "backupId", r.user_id as "userId", r.kind, b.path,
              b.keep_daily as daily, b.keep_weekly as weekly, b.keep_monthly as monthly,
              b.with_thumbnails as "withThumbnails"
       from meta.backup_runs r join meta.backups b on b.id = r.backup_id where r.id = $1 and r.status = 'running'`,
      [job.payload.runId],
    ),
  )
  if (!run) return 'done'
  const { userId, kind } = run
  const live = context.running.begin(run.backupId, { userId, outer: job.signal, detail: kind })
  live.report(atStart)
  try {
    const repository = await repositoryOf(context, { id: run.backupId, path: run.path }, {})
    const result = await work(context, run, repository, live, job)
    await finish(context, run, 'done', result, null)
    return 'done'
  } catch (error) {
    if (job.signal.aborted) return 'interrupted'
    if (!live.isStopped()) {
      context.log.error('backup-failed', { kind: run.kind, message: messageOf(error) })
      const { code, message } = plainError(error, 'the backup')
      const reason: BackupReason =
        code === 'internal' ? { code: 'failed', details: {} } : { code: 'error', details: { code, text: message } }
      await finish(context, run, 'failed', {}, reason)
    }
    return 'done'
  } finally {
    live.end()
    context.bell.showAgain(run.userId, 'backups')
  }
}

const atStart: Progress = { phase: 'start', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 }

type Result = Readonly<Record<string, unknown>>

async function work(
  context: BackupContext,
  run: RunRow,
  repository: Repository,
  live: Work<BackupRunKind>,
  job: RunningJob<BackupPayload>,
): Promise<Result> {
  context.bell.showAgain(run.userId, 'backups')
  const { signal } = live
  const remembered = await rememberedSnapshot(context.database, run.backupId)
  const rolledBack = isRolledBack(remembered, (await listSnapshots(repository)).snapshots)
    ? { rolledBack: remembered?.createdAt }
    : {}
  switch (run.kind) {
    case 'create': {
      await note(context, run.backupId, `last_tried_at = now()`, [])
      const { withThumbnails } = run
      const made = await createBackup(context, repository, {
        signal,
        withThumbnails,
        afterNumber: remembered?.number ?? 0,
        onProgress: (now) => live.report(now),
      })
      await note(context, run.backupId, `last_saved_at = now(), last_files = $2, last_bytes = $3`, [
        made.files,
        made.bytes,
      ])
      const { daily, weekly, monthly } = run
      return { ...made, ...rolledBack, ...(await tidy(repository, { daily, weekly, monthly })) }
    }
    case 'check': {
      const { readData = false, sample } = job.payload
      const found = await checkRepository(repository, {
        signal,
        ...(readData && { readData }),
        ...(sample !== undefined && { sample }),
        onProgress: (files, totalFiles) => live.report({ phase: 'read', files, totalFiles, bytes: 0, totalBytes: 0 }),
      })
      await note(context, run.backupId, `repository_bytes = $2`, [found.bytes])
      return { ...found, ...rolledBack }
    }
    case 'prove':
      return { ...(await prove(context, run, repository, live)), ...rolledBack }
    case 'prune':
      return tidy(repository, { daily: run.daily, weekly: run.weekly, monthly: run.monthly })
  }
}

async function tidy(repository: Repository, keep: Keep): Promise<Result> {
  const { forgotten, left } = await forgetSnapshots(repository, { keep })
  const pruned = forgotten.length > 0 ? await prune(repository) : { removedPacks: 0, removedBytes: 0 }
  return { forgotten: forgotten.length, snapshots: left, ...pruned }
}

async function prove(
  context: BackupContext,
  run: RunRow,
  repository: Repository,
  live: Work<BackupRunKind>,
): Promise<Result> {
  const proof = await proveSnapshot(repository, {
    vaultDir: context.vaultDir,
    signal: live.signal,
    onProgress: (now) => live.report({ ...now, phase: 'prove', bytes: 0, totalBytes: 0 }),
  })
  if (proof.problems.length > 0) {
    throw new CofferError(`The backup could not be proven restorable: ${proof.problems.slice(0, 3).join(' ')}`, {
      code: 'backup-damaged',
    })
  }
  await note(context, run.backupId, `last_proven_at = now()`, [])
  return { provenFiles: proof.files, provenSeconds: proof.seconds }
}

async function note(
  context: BackupContext,
  id: string,
  assignments: string,
  values: readonly unknown[],
): Promise<void> {
  await context.database.asService((tx) =>
    tx.execute(`update meta.backups set ${assignments} where id = $1`, [id, ...values]),
  )
}

async function finish(
  context: BackupContext,
  run: RunRow,
  status: 'done' | 'failed',
  result: Result,
  reason: BackupReason | null,
): Promise<void> {
  const stored = storedReason(reason ?? damageIn(result))
  await context.database.asService(async (tx) => {
    const ended = await tx.execute(
      `update meta.backup_runs set status = $2, result = $3::jsonb, problem = $4, finished_at = now()
       where id = $1 and status = 'running'`,
      [run.id, status, JSON.stringify(result), stored],
    )
    // Somebody stopped it at the last moment, and was told that it is stopped.
    if (ended === 0) return
    // What one kind of run found only another of the same kind can take back: a check that went well says nothing of
    // originals that could not be saved.
    await tx.execute(
      `update meta.backups b set problem = (
         select problem from (
           select distinct on (kind) problem, finished_at from meta.backup_runs
           where backup_id = b.id and status in ('done', 'failed') order by kind, started_at desc, id desc) newest
         where problem is not null order by finished_at desc limit 1)
       where b.id = $1`,
      [run.backupId],
    )
    const { userId, kind, backupId } = run
    await record(tx, { userId, action: `backups.${kind}`, ids: [backupId], change: 'changed', details: { status } })
  })
}

/** What a run that went through still has to tell. */
function damageIn(result: Result): BackupReason | null {
  const count = (key: string): number => (Array.isArray(result[key]) ? result[key].length : 0)
  const { rolledBack } = result
  if (typeof rolledBack === 'string') return { code: 'set-back', details: { date: rolledBack.slice(0, 10) } }
  if (count('damage') > 0 || count('lost') > 0) {
    return { code: 'damaged', details: { files: count('damage'), lost: count('lost') } }
  }
  const problems = count('problems')
  return problems === 0 ? null : { code: 'not-saved', details: { count: problems } }
}
