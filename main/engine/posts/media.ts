import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import type { MediaDraft } from '../platforms/index.ts'
import type { PostAccount } from './account.ts'

/** Where a medium lies that is in an export and nowhere else. */
const inArchive = 'archive:'

/**
 * Notes which media posts show, each medium once for a person, by what it is for good. A new address of one that is not here yet takes
 * the place of the old one, for addresses expire.
 */
export async function storeMedia(
  tx: Writer,
  userId: string,
  account: PostAccount,
  posts: readonly { readonly postId: string; readonly media: readonly MediaDraft[] }[],
): Promise<void> {
  if (posts.length === 0) return
  const media = posts.flatMap((post) => post.media)
  const ids = await noteMedia(tx, userId, account, media)
  const shown = posts.flatMap(({ postId, media: some }) =>
    some.flatMap(({ key }, position) => {
      const id = ids.get(key)
      return id === undefined ? [] : [{ post: postId, download: id, position }]
    }),
  )
  await tx.execute(
    `delete from ingest.post_media m where m.post_id = any($1::uuid[])
       and not exists (select from jsonb_to_recordset($2::jsonb) as r(post uuid, download uuid)
                       where r.post = m.post_id and r.download = m.download_id)`,
    [posts.map((post) => post.postId), JSON.stringify(shown)],
  )
  if (shown.length === 0) return
  await tx.execute(
    `insert into ingest.post_media (post_id, download_id, user_id, position)
     select distinct on (r.post, r.download) r.post, r.download, $1, r.position
     from jsonb_to_recordset($2::jsonb) as r(post uuid, download uuid, position integer)
     on conflict (post_id, download_id) do update set position = excluded.position
       where post_media.position <> excluded.position`,
    [userId, JSON.stringify(shown)],
  )
  await linkPresent(
    tx,
    userId,
    posts.map((post) => post.postId),
  )
}

/** Notes media, each once for a person, and returns the ids of their rows by their keys. */
export async function noteMedia(
  tx: Writer,
  userId: string,
  account: PostAccount,
  media: readonly MediaDraft[],
): Promise<Map<string, string>> {
  const once = new Map(media.map((each) => [each.key, each] as const))
  if (once.size === 0) return new Map()
  const rows = await tx.query<{ id: string; key: string }>(
    `insert into ingest.media_downloads (user_id, original_url, media_key, account_id, kind, about)
     select $1, r.url, r.stored_key, $2, r.kind, r.about
     from jsonb_to_recordset($3::jsonb) as r(stored_key text, url text, kind text, about jsonb)
     on conflict (user_id, (coalesce(media_key, original_url))) do update set
       original_url = case when media_downloads.status = 'downloaded' or starts_with(excluded.original_url, '${inArchive}')
                      then media_downloads.original_url else excluded.original_url end,
       about = media_downloads.about || excluded.about,
       status = case when media_downloads.status = 'unavailable' and not starts_with(excluded.original_url, '${inArchive}')
                       and starts_with(media_downloads.original_url, '${inArchive}') then 'pending' else media_downloads.status end
     returning id, media_key as key`,
    [userId, account.id, JSON.stringify([...once.values()].map((each) => rowOf(account, each)))],
  )
  const stored = new Map(rows.map(({ id, key }) => [key, id]))
  return new Map(
    [...once.keys()].flatMap((key) => {
      const id = stored.get(storedKey(account, key))
      return id === undefined ? [] : [[key, id] as const]
    }),
  )
}

/**
 * Takes over new addresses of media that are not here yet, of posts that did not change otherwise: addresses that are signed
 * end after some days, and one that was refused for that is tried again.
 */
export async function renewAddresses(
  tx: Writer,
  userId: string,
  account: PostAccount,
  media: readonly MediaDraft[],
): Promise<void> {
  const found = media.flatMap(({ key, url }) => (url === null ? [] : [{ key: storedKey(account, key), url }]))
  if (found.length === 0) return
  await tx.execute(
    `update ingest.media_downloads d set original_url = r.url, next_attempt_at = null,
       status = case when d.status = 'downloading' then d.status else 'pending' end
     from (select distinct on (key) key, left(url, 8192) as url from jsonb_to_recordset($2::jsonb) as r(key text, url text)) r
     where d.user_id = $1 and coalesce(d.media_key, d.original_url) = r.key and d.status <> 'downloaded' and d.original_url <> r.url
       and not starts_with(d.original_url, '${inArchive}')`,
    [userId, JSON.stringify(found)],
  )
}

/** Paths of an export mean something in exports of that account only. */
function storedKey(account: PostAccount, key: string): string {
  const whole = key.startsWith(inArchive) ? `${inArchive}${account.id}:${key.slice(inArchive.length)}` : key
  return whole.slice(0, 1000)
}

function rowOf(account: PostAccount, media: MediaDraft): Readonly<Record<string, unknown>> {
  const { key, url, kind, path, alt, mimeType, sizeBytes, sha256, takenAt, latitude, longitude } = media
  const about = { path, alt, mimeType, sizeBytes, sha256, takenAt, latitude, longitude }
  return {
    stored_key: storedKey(account, key),
    // What neither has an address nor lies in the export is named by its key; its connector knows where that is.
    url: (url ?? (path === null ? key : `${inArchive}${path}`)).slice(0, 8192),
    kind,
    about: Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null)),
  }
}

/** Ties media that are here to the posts that show them, and to the connection they came through. */
export async function linkPresent(tx: Writer, userId: string, postIds: readonly string[]): Promise<void> {
  await tx.execute(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, sort_order, source_type)
     select $1, d.media_id, 'media', t.id, t.type, t.link, t.place, 'integration'
     from ingest.post_media s join ingest.media_downloads d on d.id = s.download_id
     join vault.posts p on p.id = s.post_id
     cross join lateral (values (p.id, 'post', 'attached_to', s.position), (p.account_id, 'integration', 'source', null))
       as t(id, type, link, place)
     where s.post_id = any($2::uuid[]) and s.user_id = $1 and d.media_id is not null
       and not exists (select from core.links l where l.from_object_id = d.media_id and l.to_object_id = t.id and l.link_type = t.link)
     on conflict do nothing`,
    [userId, postIds],
  )
}

/** A medium that is here now: ties it to its posts. */
export async function mediaArrived(
  tx: Writer,
  userId: string,
  found: readonly { readonly downloadId: string; readonly mediaId: string }[],
): Promise<void> {
  if (found.length === 0) return
  const rows = await tx.query<{ postId: string | null }>(
    `with set_now as (
       update ingest.media_downloads d set status = 'downloaded', media_id = r.media, error = null, last_attempt_at = now()
       from jsonb_to_recordset($2::jsonb) as r(id uuid, media uuid) where d.id = r.id and d.user_id = $1 returning d.id)
     select s.post_id as "postId" from ingest.post_media s join set_now n on n.id = s.download_id`,
    [userId, JSON.stringify(found.map(({ downloadId, mediaId }) => ({ id: downloadId, media: mediaId })))],
  )
  await linkPresent(tx, userId, [...new Set(rows.flatMap((row) => row.postId ?? []))])
  await recordChanges(tx, userId, [{ noun: 'posts', objectId: null, kind: 'changed' }])
}
