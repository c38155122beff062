/**
 * A time of the past that says nothing any more: older than it may be, or in the future because the clock was set back since.
 * `at` and `rest` are SQL.
 */
const isOver = (at: string, rest: string): string =>
  `(${at} is null or ${at} < now() - ${rest} or ${at} > now() + interval '1 hour')`

const saveEvery = 'make_interval(hours => b.every_hours)'
const proveEvery = `interval '7 days'`

/** SQL: the time of backup `b` has come. */
export const isSaveDue = isOver('b.last_saved_at', saveEvery)
/** SQL: backup `b` was not proven restorable for a week. */
export const isProofDue = isOver('b.last_proven_at', proveEvery)
/** SQL: when `isSaveDue` or `isProofDue` comes to be true of a backup of which neither is. */
export const nextDueAt = `least(b.last_saved_at + ${saveEvery}, b.last_proven_at + ${proveEvery})`
