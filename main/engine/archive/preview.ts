import type { ImportArchive } from '../../contract/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import { readPayload, type PostAccount } from '../posts/index.ts'
import type { ArchiveRun, OpenExport } from './types.ts'

const most = 10
/** Looked up at once among the posts that are there. */
const atOnce = 500

/** Counts what an export would bring, with its first and last moment and some samples; nothing is changed. */
export async function preview(context: IntakeContext, run: ArchiveRun, all: readonly OpenExport[]): Promise<void> {
  const counts = { added: 0, same: 0, failed: 0 }
  const samples: ImportArchive['samples'] = []
  let [earliest, latest]: [string | null, string | null] = [null, null]
  let ids: string[] = []
  const count = async (given: OpenExport): Promise<void> => {
    const known = await presentAmong(context, run.userId, given, ids)
    counts.added += ids.length - known
    counts.same += known
    ids = []
  }
  for (const given of all) {
    for await (const draft of given.source.read(given.tree, given.recognised)) {
      run.work.signal.throwIfAborted()
      if (draft.kind === 'problem') counts.failed += 1
      if (draft.kind !== 'post') continue
      const { platformUserId, username } = given.recognised.account
      const read = readPayload(draft, { platformUserId, username })
      if (read.draft === null) {
        counts.failed += 1
        continue
      }
      ids.push(draft.postId)
      const at = new Date(read.draft.createdAt).toISOString()
      if (earliest === null || at < earliest) earliest = at
      if (latest === null || at > latest) latest = at
      const title = read.draft.text?.replaceAll(/\s+/gu, ' ').trim().slice(0, 200) ?? ''
      if (samples.length < most && title !== '') samples.push({ type: 'post', at, title })
      if (ids.length >= atOnce) await count(given)
    }
    await count(given)
  }
  await context.database.asService(async (tx) => {
    await tx.execute(
      `insert into meta.import_types (import_id, user_id, type, added, same, failed) values ($1, $2, 'post', $3, $4, $5)
       on conflict (import_id, type) do update set added = excluded.added, same = excluded.same, failed = excluded.failed`,
      [run.id, run.userId, counts.added, counts.same, counts.failed],
    )
    await tx.execute(`update meta.imports set about = about || $2::jsonb where id = $1`, [
      run.id,
      JSON.stringify({ earliest, latest, samples }),
    ])
  })
}

async function presentAmong(
  context: IntakeContext,
  userId: string,
  { recognised }: OpenExport,
  ids: readonly string[],
): Promise<number> {
  const { platform, account }: { platform: string; account: Pick<PostAccount, 'platformUserId' | 'username'> } =
    recognised
  const row = await context.database.read(userId, (tx) =>
    tx.one<{ known: number }>(
      `select count(*)::integer as known from vault.posts p join core.integrations i on i.id = p.account_id
       where i.platform = $1 and (i.platform_user_id = $2 or lower(i.username) = lower($3)) and p.platform_post_id = any($4::text[])`,
      [platform, account.platformUserId, account.username, ids],
    ),
  )
  return row?.known ?? 0
}
