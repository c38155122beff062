import type { ReasonCode } from '../../contract/index.ts'
import type { Depth, EndReason, Found } from './messages.ts'
import type { Inspection, InspectJob } from './types.ts'
import { kindOfUnread, unread } from './unread.ts'

/** Why a worker ended while it had a file. `clock`: it did not answer for so long that nobody can wait for it. */
export type Cause = EndReason | 'clock' | 'crash'

/** What is left to look at after a worker ended over a file; null is nothing. */
export function nextDepth(depth: Depth, cause: Cause): Depth | null {
  if (depth === 'kind') return null
  // A drive that does not answer is not asked for more than what the file is.
  return depth === 'all' && cause !== 'clock' ? 'facts' : 'kind'
}

const laterBy: Readonly<Record<Exclude<Cause, 'crash'>, ReasonCode>> = {
  time: 'slow-to-read',
  memory: 'large-to-read',
  clock: 'too-busy-to-read',
}
const noteBy: Readonly<Record<Exclude<Cause, 'crash'>, ReasonCode>> = {
  time: 'picture-too-slow',
  memory: 'picture-too-large',
  clock: 'reading-too-slow',
}
const crashed: ReasonCode = 'decoder-crashed'

/**
 * The result for a file that `causes` left something out of; the first of them counts. `found` is undefined when not even
 * its kind could be found out, and null for a file of no kind that Coffer keeps.
 */
export function outcome(
  job: InspectJob,
  found: Found | undefined,
  { causes, isPatient }: { readonly causes: readonly Cause[]; readonly isPatient: boolean },
): Inspection | null {
  const [first] = causes
  if (found === null) return null
  if (first === undefined) return found?.inspection ?? null
  const inspection = found?.inspection ?? unread(job, found?.kind ?? kindOfUnread(job.filename))
  if (first === 'crash') return { ...inspection, damage: crashed }
  return isPatient ? { ...inspection, note: noteBy[first] } : { ...inspection, later: laterBy[first] }
}
