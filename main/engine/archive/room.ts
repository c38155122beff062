import { archiveJob, archivePreviewJob, type IntakeContext } from '../intake/index.ts'
import { handle, type Room } from '../jobs/index.ts'

/** Reads exports of services in an open vault. */
export function room(intake: IntakeContext): Room {
  return {
    // What reads exports is loaded by the first that comes: most engines never meet one.
    jobs: [archiveJob, archivePreviewJob].map((kind) =>
      handle(kind, async (job) => (await import('./run.ts')).runArchive(intake, job)),
    ),
  }
}
