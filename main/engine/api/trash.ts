import { trashEndpoints } from '../../contract/index.ts'
import { purgeTrash, retentionDays, trashPage } from '../library/index.ts'
import {
  purgeTrashedObjects,
  restore,
  restoreObjects,
  trash,
  trashedObjects,
  trashObjects,
  type ObjectRef,
} from '../objects/index.ts'
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
  on(trashEndpoints.empty, async ({ caller }) => {
    const { changed } = await purge(caller, null)
    return { changed: changed + (await purgeOthers(caller, null)) }
  })
  on(trashEndpoints.objects, ({ caller, query }) =>
    readAs(caller, (tx, userId) => trashedObjects(tx, userId, { ...query, keptDays: retentionDays })),
  )
  on(trashEndpoints.trashObjects, async ({ caller, body }) => ({
    changed: await writeAs(caller, (tx, userId) => trashObjects(tx, userId, body.items)),
  }))
  on(trashEndpoints.restoreObjects, async ({ caller: { vault, userId }, body }) => {
    return { changed: await restoreObjects(vault.database, userId, body.items) }
  })
  on(trashEndpoints.purgeObjects, async ({ caller, body }) => ({ changed: await purgeOthers(caller, body.items) }))
}

function purgeOthers({ vault, userId }: Caller, items: readonly ObjectRef[] | null): Promise<number> {
  return purgeTrashedObjects(vault.database, userId, items)
}

async function purge({ vault, userId }: Caller, ids: readonly string[] | null): Promise<{ changed: number }> {
  return { changed: await purgeTrash(vault.database, userId, { ids }) }
}
