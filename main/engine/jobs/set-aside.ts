import type { Writer } from '../database/index.ts'

/**
 * Ends all stored work: imports, exports, backups and whatever else waits or was cut off. For rows that come from another
 * moment or another computer: what they ask for (reading and writing at paths that stand in them) must not be done here unasked.
 */
export async function setWorkAside(tx: Writer): Promise<void> {
  await tx.execute(
    `update meta.imports set status = 'cancelled', finished_at = now() where status in ('running', 'waiting', 'paused')`,
  )
  await tx.execute(`update meta.jobs set status = 'cancelled' where status in ('queued', 'running', 'parked')`)
  await tx.execute(
    `update meta.backup_runs set status = 'cancelled', finished_at = now() where status in ('running', 'paused')`,
  )
}
