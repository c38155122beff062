import { newId } from '../base/ids.ts'
import { sortedJson, storable } from '../base/storable.ts'
import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import type { PostDraft } from '../platforms/index.ts'
import { goneFormat, type PayloadSource, type PostAccount, type RawPost } from './account.ts'
import { aliasesOf, match } from './match.ts'
import { lastingForm, payloadsOf, readPayload, type StoredPayload } from './payloads.ts'
import { noteEngagement } from './engagement.ts'
import { renewAddresses } from './media.ts'
import { storePosts } from './store.ts'

/** What became of a payload. `left`: its post is in the trash, or was deleted for good. */
export type IngestOutcome = 'added' | 'updated' | 'same' | 'left' | 'failed' | 'gone'

export interface Ingested {
  /** Of each payload, in their order. */
  readonly outcomes: readonly { readonly outcome: IngestOutcome; readonly error: string | null }[]
  /** Ids of posts that are new. */
  readonly added: readonly string[]
  readonly updated: readonly string[]
}

/** An answer of a service, or a piece of an export, with the posts in it. */
export interface Batch {
  readonly source: PayloadSource
  /** In the words of the service: the call or event. */
  readonly eventType: string
  readonly externalId: string | null
  /** The answer around the posts, without tokens and network addresses; each post in it is `{ $post: <id> }`. */
  readonly envelope: unknown
  readonly posts: readonly RawPost[]
}

/**
 * Stores what is new in a batch and works out its posts, in the transaction it is lent: all of it is stored, or nothing. The
 * same batch again changes nothing. At most some hundred posts at a time.
 */
export async function ingest(tx: Writer, userId: string, account: PostAccount, batch: Batch): Promise<Ingested> {
  const given = batch.posts.map((post) => ({ ...post, data: storable(post.data) }))
  const read = given.map((post) => readPayload(post, account))
  const drafts = read.flatMap(({ draft }) => draft ?? [])
  const aliases = await aliasesOf(
    tx,
    account.id,
    given.map((post) => post.postId),
  )
  const matched = await match(
    tx,
    userId,
    account,
    drafts.filter((draft) => !aliases.has(draft.id)),
  )
  const idOf = (id: string): string => matched.get(id) ?? aliases.get(id) ?? id
  const posts = given.map((post) => ({ ...post, postId: idOf(post.postId) }))
  const ids = [...new Set(posts.map((post) => post.postId))]
  const purged = await purgedOf(tx, userId, account.id, ids)
  const stored = await payloadsOf(tx, account.id, ids)
  const fresh: (StoredPayload & { readonly error: string | null })[] = []
  const engagement = new Map<string, PostDraft>()
  const states = posts.map((post, index): { state: 'purged' | 'known' | 'fresh' | 'failed'; error: string | null } => {
    const { draft, error } = read[index] ?? { draft: null, error: null }
    if (purged.has(post.postId)) return { state: 'purged', error: null }
    const before = stored.get(post.postId) ?? []
    if (draft !== null) engagement.set(post.postId, draft)
    // A post that was never seen cannot be missed.
    if (isKnown(post, before, batch.source) || (post.format === goneFormat && before.length === 0)) {
      return { state: error === null ? 'known' : 'failed', error }
    }
    const payload = { ...post, id: newId(), error }
    fresh.push(payload)
    stored.set(post.postId, [...before, payload])
    return { state: error === null ? 'fresh' : 'failed', error }
  })
  if (fresh.length > 0) await storePayloads(tx, userId, account, batch, fresh)
  const touched = new Set(fresh.flatMap((each) => (each.error === null ? [each.postId] : [])))
  const made = await storePosts(tx, userId, account, batch.source, [...touched], stored)
  const known = [...engagement].flatMap(([id, { media }]) => (touched.has(id) ? [] : media))
  await renewAddresses(tx, userId, account, known)
  const trashed = await trashedOf(tx, account.id, ids)
  await noteEngagement(tx, userId, account.id, engagement)
  if (touched.size > 0) await recordChanges(tx, userId, [{ noun: 'posts', objectId: null, kind: 'changed' }])
  const seen = new Set<string>()
  const outcomes = posts.map((post, index) => {
    const { state, error } = states[index] ?? { state: 'known' as const, error: null }
    const isFirst = !seen.has(post.postId)
    seen.add(post.postId)
    const outcome = (): IngestOutcome => {
      if (state === 'purged') return 'left'
      if (state === 'failed') return 'failed'
      const became = made.get(post.postId)
      if (trashed.has(post.postId)) return 'left'
      if (state === 'known' || became === undefined || !isFirst) return 'same'
      if (post.format === goneFormat) return became.change === 'none' ? 'same' : 'gone'
      return became.change === 'none' ? 'same' : became.change
    }
    return { outcome: outcome(), error }
  })
  const idsOf = (change: 'added' | 'updated'): string[] =>
    [...made.values()].flatMap((each) => (each.change === change ? [each.id] : []))
  return { outcomes, added: idsOf('added'), updated: idsOf('updated') }
}

/**
 * Whether a payload says nothing new. What a service says now is compared with what it said last; an export may be older than
 * that, so what was ever said is known.
 */
function isKnown(post: RawPost, before: readonly StoredPayload[], source: PayloadSource): boolean {
  const form = lastingForm(post)
  if (source === 'import') return before.some((each) => lastingForm(each) === form)
  const last = before.findLast((each) => each.format === post.format || each.format === goneFormat)
  return last !== undefined && lastingForm(last) === form
}

/**
 * Which of some posts of a service are not stored as they are: that are `new`, or that were told of otherwise. What was deleted here
 * for good is not asked for again.
 */
export async function unknownOf(
  tx: Writer,
  userId: string,
  account: PostAccount,
  posts: readonly RawPost[],
): Promise<Map<string, 'new' | 'changed'>> {
  const ids = [...new Set(posts.map(({ postId }) => postId))]
  const purged = await purgedOf(tx, userId, account.id, ids)
  const stored = await payloadsOf(tx, account.id, ids)
  const found = new Map<string, 'new' | 'changed'>()
  for (const post of posts) {
    const before = stored.get(post.postId) ?? []
    const given = { ...post, data: storable(post.data) }
    if (purged.has(post.postId) || readPayload(given, account).error !== null || isKnown(given, before, 'fetch'))
      continue
    found.set(post.postId, before.length === 0 ? 'new' : 'changed')
  }
  return found
}

async function purgedOf(
  tx: Writer,
  userId: string,
  accountId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select k.id from jsonb_array_elements_text($3::jsonb) k(id)
     where exists (select from meta.tombstones t where t.user_id = $1
                   and t.source_key = core.source_key($1, $2, 'post', k.id))`,
    [userId, accountId, JSON.stringify(ids)],
  )
  return new Set(rows.map((row) => row.id))
}

async function trashedOf(tx: Writer, accountId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select platform_post_id as id from vault.posts
     where account_id = $1 and platform_post_id = any($2::text[]) and deleted_at is not null`,
    [accountId, ids],
  )
  return new Set(rows.map((row) => row.id))
}

async function storePayloads(
  tx: Writer,
  userId: string,
  account: PostAccount,
  batch: Batch,
  fresh: readonly (StoredPayload & { readonly error: string | null })[],
): Promise<void> {
  const item = await tx.one<{ id: string }>(
    `insert into ingest.ingested_items (user_id, account_id, source, platform, event_type, external_id, payload, status, attempts,
       started_at, completed_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, 'completed', 1, now(), clock_timestamp()) returning id`,
    [
      userId,
      account.id,
      batch.source,
      account.platform,
      batch.eventType,
      batch.externalId?.slice(0, 1000) ?? null,
      JSON.stringify(storable(batch.envelope)),
    ],
  )
  await tx.execute(
    `insert into ingest.ingested_posts (id, user_id, ingested_item_id, account_id, platform, platform_post_id, format, post_data,
       status, attempts, received_at, started_at, completed_at, error_message, last_error_at)
     select r.id, $1, $2, $3, $4, r.post_id, r.format, r.data, case when r.error is null then 'completed' else 'failed' end, 1,
       clock_timestamp(), now(), case when r.error is null then clock_timestamp() end, r.error,
       case when r.error is not null then clock_timestamp() end
     from jsonb_to_recordset($5::jsonb) as r(id uuid, post_id text, format text, data jsonb, error text)`,
    [
      userId,
      item?.id ?? null,
      account.id,
      account.platform,
      JSON.stringify(
        fresh.map(({ id, postId, format, data, error }) => ({
          id,
          post_id: postId,
          format,
          data: sorted(data),
          error,
        })),
      ),
    ],
  )
}

function sorted(data: unknown): unknown {
  return JSON.parse(sortedJson(data ?? null))
}
