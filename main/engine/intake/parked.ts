import { recordChanges } from '../changes/index.ts'
import { reason } from '../files/index.ts'
import type { ParkedJob } from '../jobs/index.ts'
import type { IntakeContext } from './context.ts'
import { resumeImport } from './control.ts'
import { archivePreviewJob, importJobs, previewJob } from './start.ts'

/** Ends an import whose job was parked, so that it is seen and can be resumed. */
export async function parkImport(context: Pick<IntakeContext, 'database'>, job: ParkedJob): Promise<void> {
  if (!importJobs.some(({ name }) => name === job.kind)) return
  const { importId } = job.payload
  await context.database.asService(async (tx) => {
    const changed = await tx.execute(
      `update meta.imports set status = 'failed', problem = $2::jsonb, finished_at = now()
       where id = $1 and status in ('running', 'waiting')`,
      [importId, JSON.stringify(reason('import-parked'))],
    )
    if (changed > 0 && job.userId !== null && typeof importId === 'string') {
      await recordChanges(tx, job.userId, [{ noun: 'imports', objectId: importId, kind: 'changed' }])
    }
  })
}

/** Resumes the import of a parked job; false when the job is not one of an import. */
export async function resumeParked(context: IntakeContext, job: ParkedJob): Promise<boolean> {
  const { importId } = job.payload
  if (
    !importJobs.some(({ name }) => name === job.kind) ||
    [previewJob.name, archivePreviewJob.name].includes(job.kind) ||
    job.userId === null ||
    typeof importId !== 'string'
  )
    return false
  await resumeImport(context, job.userId, importId)
  return true
}
