import type { Reason } from '../../contract/index.ts'
import { recordChanges } from '../changes/index.ts'
import type { IntakeContext } from './context.ts'

/** Writes how an import stands; one that was paused, cancelled or undone meanwhile stays so. */
export async function setStatus(
  context: Pick<IntakeContext, 'database'>,
  run: { readonly id: string; readonly userId: string },
  status: 'running' | 'waiting' | 'done' | 'failed',
  problem: Reason | null,
): Promise<void> {
  const isEnd = status === 'done' || status === 'failed'
  await context.database.asService(async (tx) => {
    await tx.execute(
      `update meta.imports set status = $2, problem = $3::jsonb, finished_at = case when $4 then now() end
       where id = $1 and status in ('running', 'waiting')`,
      [run.id, status, problem === null ? null : JSON.stringify(problem), isEnd],
    )
    await recordChanges(tx, run.userId, [{ noun: 'imports', objectId: run.id, kind: 'changed' }])
  })
}

/** Adds the time an import has run. */
export async function addActiveTime(
  context: Pick<IntakeContext, 'database'>,
  importId: string,
  startedMs: number,
): Promise<void> {
  await context.database.asService((tx) =>
    tx.execute(`update meta.imports set active_ms = active_ms + $2 where id = $1`, [
      importId,
      Math.round(performance.now() - startedMs),
    ]),
  )
}
