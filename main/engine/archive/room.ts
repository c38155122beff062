import { archiveJob, archivePreviewJob, type IntakeContext } from '../intake/index.ts'
import { handle, type Room } from '../jobs/index.ts'
import { runArchive } from './run.ts'

/** Reads exports of services in an open vault. */
export function room(intake: IntakeContext): Room {
  return { jobs: [archiveJob, archivePreviewJob].map((kind) => handle(kind, (job) => runArchive(intake, job))) }
}
