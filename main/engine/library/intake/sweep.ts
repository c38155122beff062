import { sweepIncoming, userFolders } from '../../files/index.ts'
import type { IntakeContext } from './context.ts'

/** Clears what a crash or a stopped import left behind. Call it while no import of this person runs. */
export async function sweep(
  context: Pick<IntakeContext, 'vaultDir' | 'database'>,
  userId: string,
): Promise<{ removed: number }> {
  return sweepIncoming(context.vaultDir, userFolders(context.vaultDir, userId).incoming, async (ids) => {
    const rows = await context.database.asService((tx) =>
      tx.query<{ id: string }>(`select id from vault.media where id = any($1::uuid[])`, [ids]),
    )
    return new Set(rows.map((row) => row.id))
  })
}
