import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { assertRoom } from '../database/index.ts'
import { reason, userFolders } from '../files/index.ts'
import type { JobOutcome, RunningJob } from '../jobs/index.ts'
import type { IntakeContext } from './context.ts'
import { describe, ImportStopped, stopReason } from './faults.ts'
import { finishFolders } from './folders.ts'
import { beginImport, type ImportCounts, type ImportWork } from './import-work.ts'
import { previewItems } from './preview.ts'
import { countColumns } from './report.ts'
import { scan } from './scan.ts'
import { addActiveTime, setStatus } from './status.ts'
import type { ImportPayload } from './start.ts'
import { sweepImport } from './sweep.ts'
import { takeInItems } from './take-in-items.ts'

interface ImportRow extends ImportCounts {
  readonly id: string
  readonly userId: string
  readonly status: string
  readonly isDryRun: boolean
  readonly isReference: boolean
  readonly albumPerFolder: boolean
  readonly isWatched: boolean
  readonly paths: readonly string[]
}

/** The handler of an import job: scans, brings everything in, and leaves the import done, paused or waiting. */
export async function runImport(context: IntakeContext, job: RunningJob<ImportPayload>): Promise<JobOutcome> {
  const run = await context.database.asService((tx) =>
    tx.one<ImportRow>(
      `select id, user_id as "userId", status, dry_run as "isDryRun", is_reference as "isReference",
              album_per_folder as "albumPerFolder", watched_folder_id is not null as "isWatched", paths, ${countColumns}
       from meta.imports where id = $1`,
      [job.payload.importId],
    ),
  )
  if (!run || !['running', 'waiting'].includes(run.status)) return 'done'
  const work = beginImport(context.running, run.id, { userId: run.userId, closing: job.signal, from: run })
  const startedMs = performance.now()
  const incoming = join(userFolders(context.vaultDir, run.userId).incoming, run.id)
  try {
    if (!run.isDryRun) await assertRoom(context.vaultDir, 0)
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    await setStatus(context, run, 'running', null)
    const problem = await bringIn(context, run, incoming, work, job)
    await addActiveTime(context, run.id, startedMs)
    await setStatus(context, run, 'done', problem)
    return 'done'
  } catch (error) {
    await addActiveTime(context, run.id, startedMs).catch(() => {})
    if (job.signal.aborted) return 'interrupted'
    // Paused, cancelled, undone: its status is stored already.
    if (work.signal.aborted || error instanceof ImportStopped) return 'done'
    const why = stopReason(error) ?? reason('import-failed')
    context.log.warn('import-stopped', { import: run.id, reason: why.code, error: describe(error) })
    const isOver = why.code === 'import-failed'
    await setStatus(context, run, isOver ? 'failed' : 'waiting', why).catch(() => {})
    return isOver ? 'done' : 'later'
  } finally {
    work.end()
  }
}

async function bringIn(
  context: IntakeContext,
  run: ImportRow,
  incoming: string,
  work: ImportWork,
  job: RunningJob<ImportPayload>,
): Promise<Reason | null> {
  // Whichever of the two fails ends the other: taking in would wait for the end of the scan for ever.
  const ending = new AbortController()
  const both: ImportWork = { ...work, signal: AbortSignal.any([work.signal, ending.signal]) }
  const isUrgent = job.payload.isUrgent === true
  const whole = { ...run, incoming, isUrgent, progressed: () => job.progressed() }
  const failures: unknown[] = []
  const orEnd = (half: Promise<void>): Promise<void> =>
    half.catch((error: unknown) => {
      failures.push(error)
      ending.abort()
    })
  await Promise.all([
    run.scanComplete ? undefined : orEnd(scan(context, run, both)),
    orEnd(run.isDryRun ? previewItems(context, whole, both) : takeInItems(context, whole, both)),
  ])
  // Before the end is reported: copies of what was cut off would fill the very disk that may just have run out.
  await sweepImport(context, incoming).catch(() => {})
  if (failures.length > 0) throw failures[0]
  return run.isDryRun ? null : finishFolders(context, run, work.signal)
}
