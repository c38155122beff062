import type { Reprocessed } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Database, Writer } from '../database/index.ts'
import { record } from '../objects/index.ts'
import type { PostAccount } from './account.ts'
import { payloadsOf, readPayload, type StoredPayload } from './payloads.ts'
import { storePosts } from './store.ts'

/** Posts that are worked out in one transaction, and how many of those one call makes. */
const [atOnce, rounds] = [200, 10]
/** After so many tries a payload counts as one that nobody can read; it is kept, and read again whenever somebody asks. */
const mostTries = 5

/**
 * Works posts out from their payloads again with the rules of this version: some thousand, and where to go on. Uses no network;
 * with the same rules nothing changes. What is a person's own, such as the trash and notes beside a post, stays.
 */
export async function reprocess(database: Database, userId: string, cursor: string | null): Promise<Reprocessed> {
  let [posts, changed, failed] = [0, 0, 0]
  let next = cursor
  for (let round = 0; round < rounds; round += 1) {
    const some = await reprocessSome(database, userId, next)
    posts += some.posts
    changed += some.changed
    failed += some.failed
    next = some.next
    if (next === null) break
  }
  if (changed > 0) {
    await database.asService((tx) =>
      record(tx, { userId, action: 'posts.reprocessed', change: 'changed', details: { changed } }),
    )
  }
  return { posts, changed, failed, next }
}

async function reprocessSome(database: Database, userId: string, cursor: string | null): Promise<Reprocessed> {
  const [postId, accountId] =
    cursor === null ? ['', '00000000-0000-0000-0000-000000000000'] : placeIn(cursor, /^[\s\S]+$/)
  return database.asService(async (tx) => {
    let [posts, changed, failed] = [0, 0, 0]
    const rows = await tx.query<{ postId: string; accountId: string }>(
      `select distinct platform_post_id as "postId", account_id as "accountId" from ingest.ingested_posts
       where user_id = $1 and account_id is not null and (account_id, platform_post_id) > ($2::uuid, $3)
       order by account_id, platform_post_id limit ${atOnce}`,
      [userId, accountId, postId],
    )
    for (const [account, some] of Map.groupBy(rows, (row) => row.accountId)) {
      const found = await accountOf(tx, account)
      if (!found) continue
      const ids = some.map((row) => row.postId)
      const payloads = await payloadsOf(tx, account, ids)
      failed += await noteStates(tx, found, [...payloads.values()].flat())
      const stored = await storePosts(tx, userId, found, 'retry', ids, payloads)
      posts += stored.size
      changed += [...stored.values()].filter((each) => each.change !== 'none').length
    }
    const last = rows.at(-1)
    return { posts, changed, failed, next: rows.length < atOnce || !last ? null : `${last.postId}|${last.accountId}` }
  })
}

/** Notes which payloads can be read now. Returns how many cannot. */
async function noteStates(tx: Writer, account: PostAccount, payloads: readonly StoredPayload[]): Promise<number> {
  const states = payloads.map((payload) => ({ id: payload.id, error: readPayload(payload, account).error }))
  await tx.execute(
    `update ingest.ingested_posts p set status = case when r.error is null then 'completed' when p.attempts + 1 >= ${mostTries} then 'dead_letter' else 'failed' end,
       attempts = p.attempts + 1, error_message = r.error,
       completed_at = case when r.error is null then coalesce(p.completed_at, now()) end,
       last_error_at = case when r.error is null then p.last_error_at else now() end
     from jsonb_to_recordset($1::jsonb) as r(id uuid, error text)
     where p.id = r.id and (p.error_message is distinct from r.error or r.error is not null)`,
    [JSON.stringify(states)],
  )
  return states.filter(({ error }) => error !== null).length
}

async function accountOf(tx: Writer, id: string): Promise<PostAccount | null> {
  const row = await tx.one<PostAccount>(
    `select id, platform, platform_user_id as "platformUserId", username from core.integrations where id = $1`,
    [id],
  )
  return row ?? null
}
