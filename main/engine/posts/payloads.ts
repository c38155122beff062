import { messageOf } from '../base/errors.ts'
import { sortedJson } from '../base/storable.ts'
import type { Reader } from '../database/index.ts'
import { BadPayload, formatOf, type AccountOf, type PostDraft } from '../platforms/index.ts'
import { goneFormat, type RawPost } from './account.ts'
import type { Reading } from './fold.ts'

/** A payload that is stored. */
export interface StoredPayload extends RawPost {
  readonly id: string
}

/** What came of reading a payload. */
export type Read =
  | { readonly draft: PostDraft | null; readonly error: null }
  | { readonly draft: null; readonly error: string }

/** Reads a payload by the rules of its format. Never throws: what cannot be read has an `error`, in English. */
export function readPayload({ format, data }: RawPost, account: AccountOf): Read {
  if (format === goneFormat) return { draft: null, error: null }
  const known = formatOf(format)
  if (!known) return { draft: null, error: 'This version of Coffer does not know this kind of payload.' }
  try {
    return { draft: known.normalise(data, account), error: null }
  } catch (error) {
    // Rules that stumble over a payload are at fault as much as the payload: it is kept, and read again by a later version.
    const isBad = error instanceof BadPayload
    return { draft: null, error: isBad ? messageOf(error) : 'This payload could not be read.' }
  }
}

/** The payloads of some posts that can be read, by the id of the post, in the order they came. */
export async function payloadsOf(
  tx: Reader,
  accountId: string,
  postIds: readonly string[],
): Promise<Map<string, StoredPayload[]>> {
  const rows = await tx.query<StoredPayload>(
    `select id, platform_post_id as "postId", coalesce(format, '') as format, post_data as data from ingest.ingested_posts
     where account_id = $1 and platform_post_id = any($2::text[]) order by received_at, id`,
    [accountId, postIds],
  )
  return Map.groupBy(rows, (row) => row.postId)
}

/** What stored payloads say, those left out that cannot be read. */
export function readings(payloads: readonly RawPost[], account: AccountOf): Reading[] {
  return payloads.flatMap((payload) => {
    const { draft, error } = readPayload(payload, account)
    return error === null ? [{ format: payload.format, draft }] : []
  })
}

/** Of payloads that differ only in figures such as likes, the same. */
export function lastingForm({ format, data }: RawPost): string {
  return `${format} ${sortedJson(formatOf(format)?.lasting?.(data) ?? data)}`
}
