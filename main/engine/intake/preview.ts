import { shownPath } from '../base/path-text.ts'
import type { IntakeContext } from './context.ts'
import { judge, type Met, type Verdict } from './judge.ts'
import { knownSources, storedSizes } from './known.ts'
import type { ImportWork } from './import-work.ts'
import { waitingPages } from './waiting.ts'

/** Counts what an import would do, file by file, and changes nothing but its own items. */
export async function previewItems(
  context: IntakeContext,
  run: { readonly id: string; readonly userId: string; progressed(): void },
  work: ImportWork,
): Promise<void> {
  const met = new Map<number, Met>()
  for await (const page of waitingPages(context, run.id, work.signal)) {
    const { unchanged } = await knownSources(context.database, run.userId, page)
    const sizes = page.map((item) => item.file.sizeBytes)
    const stored = await context.database.read(run.userId, (tx) => storedSizes(tx, run.userId, sizes))
    const verdicts: ({ id: number } & Verdict)[] = []
    for (const item of page) {
      work.signal.throwIfAborted()
      work.currentFile(shownPath(item.file.path))
      const mediaId = unchanged.get(item.id)
      const verdict: Verdict =
        mediaId === undefined
          ? await judge(context, run.userId, item, { stored, met }, work.signal)
          : { outcome: 'duplicate', mediaId, reason: null }
      verdicts.push({ id: item.id, ...verdict })
    }
    const doneBytes = page.reduce((sum, item) => sum + Math.max(item.file.sizeBytes, 0), 0)
    const counts = await store(context, run.id, verdicts, doneBytes)
    run.progressed()
    work.count({ ...counts, doneBytes })
  }
}

async function store(
  context: IntakeContext,
  importId: string,
  verdicts: readonly ({ id: number } & Verdict)[],
  doneBytes: number,
): Promise<Record<'added' | 'duplicates' | 'stacked' | 'unsupported' | 'failed', number>> {
  const count = (outcome: Verdict['outcome']): number => verdicts.filter((each) => each.outcome === outcome).length
  const counts = {
    added: count('added'),
    duplicates: count('duplicate'),
    stacked: count('stacked'),
    unsupported: count('unsupported'),
    failed: count('failed'),
  }
  await context.database.asService(async (tx) => {
    await tx.execute(
      `update meta.import_items i set outcome = r.outcome, media_id = r."mediaId", reason = r.reason, updated_at = now()
       from jsonb_to_recordset($2::jsonb) as r(id bigint, outcome text, "mediaId" uuid, reason jsonb)
       where i.import_id = $1 and i.id = r.id`,
      [importId, JSON.stringify(verdicts)],
    )
    await tx.execute(
      `update meta.imports set added = added + $2, duplicates = duplicates + $3, stacked = stacked + $4,
              unsupported = unsupported + $5, failed = failed + $6, done_bytes = done_bytes + $7 where id = $1`,
      [importId, counts.added, counts.duplicates, counts.stacked, counts.unsupported, counts.failed, doneBytes],
    )
  })
  return counts
}
