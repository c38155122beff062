import { parkedJobs, retryParked, type ParkedJob } from '../jobs/index.ts'
import { resumeParked } from '../intake/index.ts'
import type { OpenVault } from './port.ts'

/** Work that the engine died over: this person's, and the vault's own. */
export async function parkedOf(vault: OpenVault, userId: string): Promise<ParkedJob[]> {
  const all = await vault.database.asService((tx) => parkedJobs(tx))
  return all.filter((job) => job.userId === null || job.userId === userId)
}

/** Starts it again, as a person asks for it; returns how many jobs that were. */
export async function retryParkedOf(vault: OpenVault, userId: string): Promise<number> {
  const parked = await parkedOf(vault, userId)
  const others: string[] = []
  for (const job of parked) if (!(await resumeParked(vault.intake, job))) others.push(job.id)
  if (others.length > 0) await vault.database.asService((tx) => retryParked(tx, others))
  return parked.length
}

/** What stored work is called in a sentence. */
const workNames: Readonly<Record<string, string>> = {
  import: 'importing',
  'import-preview': 'looking through files',
  'import-upload': 'importing a file from another program',
  backup: 'backing up',
  export: 'exporting',
  scrub: 'checking originals',
  'rebuild-thumbnails': 'recreating thumbnails',
  'read-later': 'reading slow files',
}

/** A parked job as a problem for `status`. */
export function parkedProblem({ kind }: ParkedJob): { code: string; message: string } {
  const work = workNames[kind] ?? 'a job'
  const message = `Coffer stopped twice while ${work}, so the task was set aside. “Check and repair” in Settings, or “coffer doctor”, starts it again.`
  return { code: 'job-parked', message }
}
