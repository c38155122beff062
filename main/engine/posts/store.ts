import { sortedJson } from '../base/storable.ts'
import type { Writer } from '../database/index.ts'
import type { PayloadSource, PostAccount } from './account.ts'
import { fold, type Folded } from './fold.ts'
import { storeMedia } from './media.ts'
import { readings, type StoredPayload } from './payloads.ts'

/** What became of a post. */
export interface Stored {
  readonly id: string
  readonly change: 'added' | 'updated' | 'none'
}

interface PostRow {
  readonly id: string
  readonly postId: string
  readonly columns: Readonly<Record<string, unknown>>
}

/** Columns that are worked out; all others are a person's, or the row's own. */
const names = `content_type, text_content, html_content, url, in_reply_to, thread_root, author_handle, activity_type,
  created_at_platform, updated_at_platform, utc_offset_minutes, published, deleted_on_platform, facts`
const shape = `r(post_id text, id uuid, content_type text, text_content text, html_content text, url text, in_reply_to text,
  thread_root text, author_handle text, activity_type text, created_at_platform timestamptz,
  updated_at_platform timestamptz, utc_offset_minutes integer, published boolean, deleted_on_platform boolean, facts jsonb)`

/**
 * Works out posts from all their payloads and stores those that differ from what is there, with their media. Returns what became of each; one
 * none of whose payloads can be read is left out.
 */
export async function storePosts(
  tx: Writer,
  userId: string,
  account: PostAccount,
  source: PayloadSource,
  ids: readonly string[],
  payloads: ReadonlyMap<string, readonly StoredPayload[]>,
): Promise<Map<string, Stored>> {
  const result = new Map<string, Stored>()
  if (ids.length === 0) return result
  const present = await presentPosts(tx, account.id, ids)
  const [fresh, changed]: [Readonly<Record<string, unknown>>[], Readonly<Record<string, unknown>>[]] = [[], []]
  const folded = new Map<string, Folded>()
  for (const id of ids) {
    const found = fold(readings(payloads.get(id) ?? [], account))
    if (!found) continue
    folded.set(id, found)
    const columns = columnsOf(found)
    const before = present.get(id)
    if (!before) fresh.push({ post_id: id, ...columns })
    else {
      const isSame = sortedJson(columns) === sortedJson(before.columns)
      result.set(id, { id: before.id, change: isSame ? 'none' : 'updated' })
      if (!isSame) changed.push({ post_id: id, id: before.id, ...columns })
    }
  }
  if (fresh.length > 0) {
    const made = await tx.query<{ id: string; postId: string }>(
      `insert into vault.posts (user_id, account_id, platform, platform_post_id, ${names}, source_type, source_id, source_platform,
         source_integration_id)
       select $1, $2, $3, r.post_id, ${names}, $4, left(r.post_id, 1024), $3, $2 from jsonb_to_recordset($5::jsonb) as ${shape}
       returning id, platform_post_id as "postId"`,
      [userId, account.id, account.platform, source === 'import' ? 'import' : 'integration', JSON.stringify(fresh)],
    )
    for (const { id, postId } of made) result.set(postId, { id, change: 'added' })
  }
  if (changed.length > 0) {
    await tx.execute(
      `update vault.posts p set (${names}) = (select ${names
        .split(',')
        .map((name) => `r.${name.trim()}`)
        .join(', ')})
       from jsonb_to_recordset($2::jsonb) as ${shape} where p.id = r.id and p.user_id = $1`,
      [userId, JSON.stringify(changed)],
    )
  }
  const media = [...folded].flatMap(([postId, { draft }]) => {
    const stored = result.get(postId)
    return stored ? [{ postId: stored.id, media: draft.media }] : []
  })
  await storeMedia(tx, userId, account, media)
  return result
}

async function presentPosts(tx: Writer, accountId: string, ids: readonly string[]): Promise<Map<string, PostRow>> {
  const rows = await tx.query<PostRow>(
    `select id, platform_post_id as "postId",
       jsonb_build_object('content_type', content_type, 'text_content', text_content, 'html_content', html_content, 'url', url,
         'in_reply_to', in_reply_to, 'thread_root', thread_root, 'author_handle', author_handle, 'activity_type', activity_type,
         'created_at_platform', ${instant('created_at_platform')}, 'updated_at_platform', ${instant('updated_at_platform')},
         'utc_offset_minutes', utc_offset_minutes, 'published', published, 'deleted_on_platform', deleted_on_platform,
         'facts', facts) as columns
     from vault.posts where account_id = $1 and platform_post_id = any($2::text[])`,
    [accountId, ids],
  )
  return new Map(rows.map((row) => [row.postId, row]))
}

/** As `toISOString` writes it. */
function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

function columnsOf({ draft, isGone }: Folded): Readonly<Record<string, unknown>> {
  return {
    content_type: draft.type,
    text_content: draft.text,
    html_content: draft.html,
    url: cut(draft.url, 8192),
    in_reply_to: cut(draft.inReplyTo, 1000),
    thread_root: cut(draft.threadRoot, 1000),
    author_handle: cut(draft.author, 255),
    activity_type: cut(draft.activityType, 100),
    created_at_platform: new Date(draft.createdAt).toISOString(),
    updated_at_platform: draft.updatedAt === null ? null : new Date(draft.updatedAt).toISOString(),
    utc_offset_minutes: draft.utcOffsetMinutes,
    published: draft.isPublic,
    deleted_on_platform: isGone,
    facts: draft.metadata,
  }
}

function cut(text: string | null, most: number): string | null {
  return text === null || text.length <= most ? text : text.slice(0, most)
}
