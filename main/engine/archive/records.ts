import { createHash } from 'node:crypto'
import { storableText } from '../base/storable.ts'
import type { Writer } from '../database/index.ts'
import { pathText } from '../base/path-text.ts'
import { recordChanges } from '../changes/index.ts'
import { reason } from '../files/index.ts'
import { ImportStopped, type IntakeContext } from '../intake/index.ts'
import { ingest, type RawPost } from '../posts/index.ts'
import type { Draft } from './source.ts'
import { storeLooseMedia } from './media.ts'
import { storeProfile } from './profile.ts'
import type { ArchiveRun, ExportOf } from './types.ts'

/** Records stored in one transaction. */
const atOnce = 200

/** What came of all records of an export, also those of earlier runs of this import. */
export interface RecordCounts {
  readonly seen: number
  readonly added: number
  readonly updated: number
  readonly gone: number
  readonly failed: number
}

/**
 * Stores the records of an export, some hundred at a time, each time with how far it is: a run that was cut off goes on there. A record
 * that cannot be read is one line of the import.
 */
export async function storeRecords(context: IntakeContext, run: ArchiveRun, given: ExportOf): Promise<RecordCounts> {
  const done = await context.database.asService(async (tx) => {
    // From the beginning, perhaps once more: what was added stays counted, the rest is counted again.
    await tx.execute(
      `update meta.import_types set same = 0, kept_out = 0, failed = 0
       where import_id = $1 and exists (select from meta.imports where id = $1 and checkpoint is null)`,
      [run.id],
    )
    const row = await tx.one<{ done: number }>(
      `select coalesce((checkpoint->>$2)::integer, 0) as done from meta.imports where id = $1`,
      [run.id, given.source.name],
    )
    return row?.done ?? 0
  })
  let place = 0
  let batch: Draft[] = []
  for await (const draft of given.source.read(given.tree, given.recognised)) {
    place += 1
    if (place <= done) continue
    batch.push(draft)
    if (batch.length < atOnce) continue
    await store(context, run, given, batch, place)
    batch = []
  }
  if (batch.length > 0) await store(context, run, given, batch, place)
  return countsOf(context, run)
}

async function countsOf(context: IntakeContext, run: ArchiveRun): Promise<RecordCounts> {
  const row = await context.database.asService((tx) =>
    tx.one<RecordCounts>(
      `select coalesce(sum(added + updated + same + kept_out + failed), 0)::integer as seen, coalesce(sum(added), 0)::integer as added,
              coalesce(sum(updated), 0)::integer as updated, 0 as gone, coalesce(sum(failed), 0)::integer as failed
       from meta.import_types where import_id = $1`,
      [run.id],
    ),
  )
  return row ?? { seen: 0, added: 0, updated: 0, gone: 0, failed: 0 }
}

async function store(
  context: IntakeContext,
  run: ArchiveRun,
  given: ExportOf,
  drafts: readonly Draft[],
  place: number,
): Promise<void> {
  run.work.signal.throwIfAborted()
  const last = drafts.at(-1)
  run.work.currentFile(last?.locator ?? given.tree.name)
  const failed = await context.database.asService(async (tx) => {
    const now = await tx.one<{ status: string }>(`select status from meta.imports where id = $1 for update`, [run.id])
    if (!now || now.status === 'cancelled' || now.status === 'undone') throw new ImportStopped()
    const problems = drafts.flatMap((draft) =>
      draft.kind === 'problem' ? [{ locator: draft.locator, reason: draft.reason }] : [],
    )
    problems.push(...(await storePosts(tx, run, given, drafts)))
    for (const draft of drafts) if (draft.kind === 'profile') await storeProfile(tx, run, given, draft)
    await storeLooseMedia(
      tx,
      run,
      given.account,
      drafts.flatMap((draft) => (draft.kind === 'media' ? [draft] : [])),
    )
    await listProblems(tx, run, given.tree.name, problems)
    await tx.execute(
      `update meta.imports set checkpoint = coalesce(checkpoint, '{}') || jsonb_build_object($3::text, $2::integer) where id = $1`,
      [run.id, place, given.source.name],
    )
    await recordChanges(tx, run.userId, [{ noun: 'imports', objectId: run.id, kind: 'changed' }])
    return problems.length
  })
  run.work.count({ seen: failed, failed })
  run.progressed()
}

async function storePosts(
  tx: Writer,
  run: ArchiveRun,
  { account, source, tree }: ExportOf,
  drafts: readonly Draft[],
): Promise<{ locator: string; reason: ReturnType<typeof reason> }[]> {
  const posts = drafts.flatMap((draft) => (draft.kind === 'post' ? [draft] : []))
  const unread = drafts.filter((draft) => draft.kind === 'problem').length
  if (posts.length === 0 && unread === 0) return []
  const { outcomes, added, updated } = await ingest(tx, run.userId, account, {
    source: 'import',
    eventType: `${source.name} export`,
    externalId: run.id,
    envelope: { export: tree.name, records: posts.map(({ locator, postId }) => ({ locator, $post: postId })) },
    posts: posts.map(({ postId, format, data }): RawPost => ({ postId, format, data })),
  })
  const count = (...wanted: string[]): number => outcomes.filter(({ outcome }) => wanted.includes(outcome)).length
  await tx.execute(
    `insert into meta.import_types (import_id, user_id, type, added, updated, same, kept_out, failed)
     values ($1, $2, 'post', $3, $4, $5, $6, $7)
     on conflict (import_id, type) do update set added = import_types.added + excluded.added,
       updated = import_types.updated + excluded.updated, same = import_types.same + excluded.same,
       kept_out = import_types.kept_out + excluded.kept_out, failed = import_types.failed + excluded.failed`,
    [
      run.id,
      run.userId,
      count('added'),
      count('updated', 'gone'),
      count('same'),
      count('left'),
      count('failed') + unread,
    ],
  )
  await tx.execute(
    `insert into meta.import_records (import_id, user_id, object_type, object_id)
     select $1, $2, 'post', id from unnest($3::uuid[]) id on conflict do nothing`,
    [run.id, run.userId, added],
  )
  await noteSpan(tx, run, [...added, ...updated])
  return outcomes.flatMap(({ outcome, error }, index) => {
    const locator = posts[index]?.locator ?? ''
    return outcome === 'failed'
      ? [
          {
            locator,
            reason: reason('archive-record-unreadable', { locator: storableText(locator), detail: error ?? '' }),
          },
        ]
      : []
  })
}

/** First and last moment of what came in. */
async function noteSpan(tx: Writer, run: ArchiveRun, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.execute(
    `update meta.imports i set about = about || jsonb_build_object(
       'earliest', least(about->>'earliest', s.earliest), 'latest', greatest(about->>'latest', s.latest))
     from (select to_char(min(local_at), 'YYYY-MM-DD"T"HH24:MI:SS') as earliest, to_char(max(local_at), 'YYYY-MM-DD"T"HH24:MI:SS') as latest
           from vault.posts where id = any($2::uuid[])) s
     where i.id = $1 and s.earliest is not null`,
    [run.id, ids],
  )
}

/** One line for each record that could not be read. */
async function listProblems(
  tx: Writer,
  run: ArchiveRun,
  name: string,
  problems: readonly { readonly locator: string; readonly reason: ReturnType<typeof reason> }[],
): Promise<void> {
  if (problems.length === 0) return
  const rows = problems.map(({ locator, reason: why }) => ({
    path: pathText(`${name}/${short(locator)}`),
    reason: why,
  }))
  const added = await tx.execute(
    `insert into meta.import_items (import_id, user_id, path, root, outcome, reason)
     select distinct on (r.path) $1::uuid, $2::uuid, r.path, r.path, 'failed', r.reason from jsonb_to_recordset($3::jsonb) as r(path text, reason jsonb)
     on conflict (import_id, path_key) do nothing`,
    [run.id, run.userId, JSON.stringify(rows)],
  )
  await tx.execute(`update meta.imports set seen = seen + $2, failed = failed + $2 where id = $1`, [run.id, added])
}

/** A name from an export may be as long as it likes. */
function short(locator: string): string {
  const clean = storableText(locator)
  return clean.length <= 500
    ? clean
    : `${clean.slice(0, 400)}…${createHash('sha256').update(clean).digest('hex').slice(0, 16)}`
}
