import { setTimeout as pause } from 'node:timers/promises'
import { lookAt, type SourceFile } from '../files/index.ts'
import type { IntakeContext } from './context.ts'
import type { WaitingItem } from './item.ts'

const pageSize = 256
const lookAgainMs = 50

/** Waiting items in the order they were found, page by page, until the scan has ended and nothing waits. */
export async function* waitingPages(
  context: Pick<IntakeContext, 'database'>,
  importId: string,
  signal: AbortSignal,
): AsyncGenerator<readonly WaitingItem[]> {
  for (let last = 0; ;) {
    signal.throwIfAborted()
    // Asked before the page is read: items stored between the two are then on a later page.
    const { state, rows } = await context.database.asService(async (tx) => ({
      state: await tx.one<{ scanComplete: boolean }>(
        `select scan_complete as "scanComplete" from meta.imports where id = $1`,
        [importId],
      ),
      rows: await tx.query<{ id: number; path: string }>(
        `select id, path from meta.import_items
         where import_id = $1 and outcome = 'waiting' and id > $2 order by id limit $3`,
        [importId, last, pageSize],
      ),
    }))
    if (rows.length > 0) {
      last = rows.at(-1)?.id ?? last
      yield await Promise.all(rows.map(asItNowIs))
    } else if (state?.scanComplete !== false) return
    else await pause(lookAgainMs, undefined, { signal })
  }
}

/** What the file is like now; the scan may be long ago. A file that is gone keeps its path and has a negative size. */
export async function asItNowIs(row: { readonly id: number; readonly path: string }): Promise<WaitingItem> {
  const gone: SourceFile = { path: row.path, sizeBytes: -1, mtimeNs: 0n, ctimeNs: 0n, inode: '' }
  return { id: row.id, file: (await lookAt(row.path)) ?? gone }
}

export function isGone(item: WaitingItem): boolean {
  return item.file.sizeBytes < 0
}
