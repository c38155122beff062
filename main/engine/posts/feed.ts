import type { Post, PostCounts, PostPage, PostType } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Reader } from '../database/index.ts'

export interface PostsWanted {
  readonly account?: readonly string[] | undefined
  readonly platform?: readonly string[] | undefined
  readonly type?: readonly PostType[] | undefined
  /** Words that it has, as somebody types them. */
  readonly q?: string | undefined
  /** Days of the wall clock, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly gone?: boolean | undefined
  readonly media?: boolean | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** A page of posts of all services by wall time, newest first. Throws `bad-request` for a cursor this program did not make. */
export async function postFeed(tx: Reader, userId: string, wanted: PostsWanted): Promise<PostPage> {
  const params: unknown[] = [userId, wanted.limit + 1]
  const value = (given: unknown): string => `$${params.push(given)}`
  const parts = ['p.user_id = $1', 'p.deleted_at is null']
  if (wanted.account) parts.push(`p.account_id = any(${value(wanted.account)}::uuid[])`)
  if (wanted.platform) parts.push(`p.platform = any(${value(wanted.platform)}::text[])`)
  if (wanted.type) parts.push(`p.content_type = any(${value(wanted.type)}::text[])`)
  if (wanted.q !== undefined && wanted.q.trim() !== '') parts.push(`p.search @@ read.question(${value(wanted.q)})`)
  if (wanted.from !== undefined) parts.push(`p.local_at >= ${value(wanted.from)}::timestamp`)
  if (wanted.to !== undefined) parts.push(`p.local_at < ${value(wanted.to)}::timestamp + interval '1 day'`)
  if (wanted.gone !== undefined) parts.push(`p.deleted_on_platform = ${value(wanted.gone)}::boolean`)
  if (wanted.media !== undefined) {
    parts.push(`exists (select from ingest.post_media m where m.post_id = p.id) = ${value(wanted.media)}::boolean`)
  }
  if (wanted.cursor !== undefined) {
    const [local, id] = placeIn(wanted.cursor, /^\d{4,6}-\d\d-\d\dT[\d:.]+$/)
    parts.push(`(p.local_at, p.id) < (${value(local)}::timestamp, ${value(id)}::uuid)`)
  }
  const all = await packed(
    tx,
    `select p.* from vault.posts p where ${parts.join(' and ')} order by p.local_at desc, p.id desc limit $2`,
    params,
  )
  const items = all.slice(0, wanted.limit)
  const last = items.at(-1)
  return { items, next: all.length > items.length && last ? `${last.localAt}|${last.id}` : null }
}

/** One post, also one that is in the trash; null where there is none. */
export async function onePost(tx: Reader, userId: string, id: string): Promise<Post | null> {
  const [post] = await packed(tx, `select p.* from vault.posts p where p.user_id = $1 and p.id = $2`, [userId, id])
  return post ?? null
}

async function packed(tx: Reader, posts: string, params: readonly unknown[]): Promise<Post[]> {
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_object('id', p.id, 'platform', p.platform, 'accountId', p.account_id, 'author', p.author_handle,
        'type', p.content_type, 'text', p.text_content, 'url', p.url, 'activityType', p.activity_type, 'localAt', p.local_at,
        'at', ${instant('p.created_at_platform')}, 'utcOffsetMinutes', p.utc_offset_minutes,
        'editedAt', ${instant('p.updated_at_platform')}, 'inReplyTo', p.in_reply_to, 'isPublic', p.published,
        'isGone', p.deleted_on_platform, 'engagement', p.engagement, 'media', coalesce(m.media, '[]'::json), 'metadata', p.facts)
        order by p.local_at desc, p.id desc)::text as packed
     from (${posts}) p
     left join lateral (
       select json_agg(json_build_object('mediaId', d.media_id, 'status', d.status, 'kind', d.kind, 'alt', d.about->>'alt',
          'width', v.width, 'height', v.height, 'isTrashed', v.deleted_at is not null, 'error', d.error) order by s.position) as media
       from ingest.post_media s join ingest.media_downloads d on d.id = s.download_id
       left join vault.media v on v.id = d.media_id where s.post_id = p.id) m on true`,
    params,
  )
  return JSON.parse(row?.packed ?? '[]') as Post[]
}

function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** How many posts there are of each connection and type. */
export async function postCounts(tx: Reader, userId: string): Promise<PostCounts> {
  const rows = await tx.query<{ accountId: string; type: PostType; posts: number; gone: number }>(
    `select account_id as "accountId", content_type as type, count(*)::integer as posts,
            count(*) filter (where deleted_on_platform)::integer as gone
     from vault.posts where user_id = $1 and deleted_at is null group by 1, 2 order by 3 desc, 1, 2`,
    [userId],
  )
  const sum = <K>(key: (row: (typeof rows)[number]) => K): [K, number][] =>
    Array.from(Map.groupBy(rows, key), ([each, some]) => [each, some.reduce((total, row) => total + row.posts, 0)])
  return {
    total: rows.reduce((total, row) => total + row.posts, 0),
    accounts: sum((row) => row.accountId).map(([accountId, posts]) => ({ accountId, posts })),
    types: sum((row) => row.type).map(([type, posts]) => ({ type, posts })),
    gone: rows.reduce((total, row) => total + row.gone, 0),
  }
}
