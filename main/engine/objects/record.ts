import type { Action, Noun } from '../../contract/index.ts'
import { askingClient } from '../base/client.ts'
import { recordChanges, ringOnCommit, type Change } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'

/** Actions on what followers read again when it changes. */
type FollowedAction = Extract<Action, `${Noun}.${string}`>

/** What a person did, or what was done for them. */
export type Act = {
  readonly userId: string
  /** What it was done to. Where nothing is in the list, nothing was done; without one, what was done has no id. */
  readonly ids?: readonly string[]
  /** What the line tells besides; never secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly outcome?: 'done' | 'refused' | 'failed'
  /** What the ids are of, where the action does not begin with it. */
  readonly objectType?: string
} & (
  | { readonly action: FollowedAction; readonly change: Change['kind'] }
  | { readonly action: Exclude<Action, FollowedAction>; readonly change?: never }
)

/**
 * The one call for a change: adds a line to the person's log, with the address and program of the client it is done for, and notes
 * for followers what changed. Both are there exactly when the change is; the bell rings once it has committed.
 */
export async function record(tx: Writer, act: Act): Promise<void> {
  const { userId, ids, action, change, details = {}, outcome = 'done' } = act
  if (ids?.length === 0) return
  const noun = action.slice(0, action.indexOf('.'))
  if (change !== undefined) {
    const changed = ids ?? [null]
    await recordChanges(
      tx,
      userId,
      // What has a kind of change begins with a noun, as its type says.
      changed.map((objectId) => ({ noun: noun as Noun, objectId, kind: change })),
    )
  }
  const { address, agent } = askingClient()
  await tx.execute(
    `insert into core.audit_log (user_id, action, resource_type, resource_id, details, outcome, ip_address, user_agent)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7::inet, $8)`,
    [
      userId,
      action,
      act.objectType ?? noun,
      ids?.length === 1 ? ids[0] : null,
      JSON.stringify(details),
      outcome,
      address,
      agent,
    ],
  )
  ringOnCommit(tx, userId)
}
