import { z } from 'zod'
import { idSchema } from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'
import { enqueue, jobKind } from '../jobs/index.ts'

export const syncKindSchema = z.enum(['manual', 'scheduled', 'backfill', 'stream'])
export type SyncKind = z.infer<typeof syncKindSchema>

/** `tries`: how often it failed one time after another, for reasons that pass by themselves. */
export const syncJob = jobKind(
  'sync',
  z.object({ accountId: idSchema, kind: syncKindSchema, tries: z.int().nonnegative().default(0) }),
)

/** Plans the next sync of a connection; one that was planned before is replaced. */
export async function planSync(
  tx: Writer,
  userId: string,
  accountId: string,
  { kind, delayMs, tries = 0 }: { readonly kind: SyncKind; readonly delayMs: number; readonly tries?: number },
): Promise<void> {
  await unplan(tx, accountId)
  await enqueue(tx, { kind: syncJob, userId, payload: { accountId, kind, tries }, lane: accountId, delayMs })
  await tx.execute(`update core.integrations set next_sync_at = now() + make_interval(secs => $2) where id = $1`, [
    accountId,
    delayMs / 1000,
  ])
}

/** Takes the planned sync of a connection away. */
export async function unplan(tx: Writer, accountId: string): Promise<void> {
  await tx.execute(`delete from meta.jobs where kind = $1 and lane = $2 and status = 'queued'`, [
    syncJob.name,
    accountId,
  ])
  await tx.execute(`update core.integrations set next_sync_at = null where id = $1 and next_sync_at is not null`, [
    accountId,
  ])
}

/** A tenth more or less, so that all connections of the world do not ask at once. */
export function jittered(ms: number, random: () => number = Math.random): number {
  return Math.round(ms * (0.9 + 0.2 * random()))
}

/** How long to wait after so many failures: a minute at first, then twice as long each time, an interval at most. */
export function backoffMs(tries: number, intervalMs: number): number {
  return Math.min(60_000 * 2 ** Math.min(tries, 20), intervalMs)
}
