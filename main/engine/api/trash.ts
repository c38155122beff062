import { trashEndpoints } from '../../contract/index.ts'
import { purgeTrash, trashPage } from '../library/index.ts'
import { restore, trash } from '../objects/index.ts'
import { readAs, writeAs } from './context.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'

export function trashRoutes(on: On): void {
  on(trashEndpoints.trash, async ({ caller, body }) => ({
    changed: (await writeAs(caller, (tx, userId) => trash(tx, userId, 'media', body.ids))).length,
  }))
  on(trashEndpoints.restore, async ({ caller, body }) => ({
    changed: (await writeAs(caller, (tx, userId) => restore(tx, userId, 'media', body.ids))).length,
  }))
  on(trashEndpoints.list, ({ caller, query }) => readAs(caller, (tx) => trashPage(tx, query)))
  on(trashEndpoints.purge, ({ caller, body }) => purge(caller, body.ids))
  on(trashEndpoints.empty, ({ caller }) => purge(caller, null))
}

async function purge({ vault, userId }: Caller, ids: readonly string[] | null): Promise<{ changed: number }> {
  const changed = await purgeTrash(vault.database, userId, { ids })
  vault.jobs.wake()
  vault.bell.ring(userId)
  return { changed }
}
