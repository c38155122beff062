import { rmdir } from 'node:fs/promises'
import { sweepIncoming, userFolders } from '../files/index.ts'
import type { IntakeContext } from './context.ts'

type Swept = Pick<IntakeContext, 'vaultDir' | 'database'>

/** Clears what a crash or stopped imports left behind. Call it while no import of this person runs. */
export async function sweep(context: Swept, userId: string): Promise<{ removed: number }> {
  return sweepIncoming(context.vaultDir, userFolders(context.vaultDir, userId).incoming, (ids) =>
    storedOf(context, ids),
  )
}

/** Clears the folder one import copies into; nothing else of it may run then. */
export async function sweepImport(context: Swept, incoming: string): Promise<void> {
  await sweepIncoming(context.vaultDir, incoming, (ids) => storedOf(context, ids))
  await rmdir(incoming)
}

async function storedOf(context: Swept, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await context.database.asService((tx) =>
    tx.query<{ id: string }>(
      `select id from vault.media where id = any($1::uuid[])
       union all select id from vault.sidecars where id = any($1::uuid[])`,
      [ids],
    ),
  )
  return new Set(rows.map((row) => row.id))
}
