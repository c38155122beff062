import { recordChanges } from '../../changes/index.ts'
import type { ParkedJob } from '../../jobs/index.ts'
import type { IntakeContext } from './context.ts'
import { resumeImport } from './control.ts'
import { importJob, previewJob } from './start.ts'

const problem =
  'Coffer ended twice while this import was under way and got nothing done. What is in stays in; resume it to try again.'

/** Ends an import whose job was parked, so that it is seen and can be resumed. */
export async function parkImport(context: Pick<IntakeContext, 'database'>, job: ParkedJob): Promise<void> {
  if (job.kind !== importJob && job.kind !== previewJob) return
  const { importId } = job.payload
  await context.database.asService(async (tx) => {
    const changed = await tx.execute(
      `update meta.imports set status = 'failed', problem = $2, finished_at = now()
       where id = $1 and status in ('running', 'waiting')`,
      [importId, problem],
    )
    if (changed > 0 && job.userId !== null && typeof importId === 'string') {
      await recordChanges(tx, job.userId, [{ noun: 'imports', objectId: importId, kind: 'changed' }])
    }
  })
}

/** Resumes the import of a parked job; false when the job is none of an import. */
export async function resumeParked(context: IntakeContext, job: ParkedJob): Promise<boolean> {
  const { importId } = job.payload
  if (job.kind !== importJob || job.userId === null || typeof importId !== 'string') return false
  await resumeImport(context, job.userId, importId)
  return true
}
