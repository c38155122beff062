import type { Writer } from '../database/index.ts'
import type { PostDraft } from '../platforms/index.ts'
import type { PostAccount } from './account.ts'

/** Ids that are made from the content of a post, for exports that have none. */
export const madeId = 'fp:'
const secondsApart = 2

/** The ids that posts are kept under, where those are others. */
export async function aliasesOf(tx: Writer, accountId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; same: string }>(
    `select platform_post_id as id, same_as as same from ingest.post_aliases
     where account_id = $1 and platform_post_id = any($2::text[])`,
    [accountId, ids],
  )
  return new Map(rows.map((row) => [row.id, row.same]))
}

/**
 * Finds posts that an export and the service itself tell of under two ids: of one connection, with the same text, within two
 * seconds. Notes that they are one and returns the id each is kept under, the service's own. Posts without text are never taken for the same.
 */
export async function match(
  tx: Writer,
  userId: string,
  account: PostAccount,
  drafts: readonly PostDraft[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const wanted = drafts.filter((draft) => wordsOf(draft.text) !== '')
  if (wanted.length === 0) return found
  const rows = await tx.query<{ id: string; other: string; text: string }>(
    `select r.id, p.platform_post_id as other, p.text_content as text
     from jsonb_to_recordset($2::jsonb) as r(id text, at timestamptz)
     join vault.posts p on p.account_id = $1 and p.user_id = $3
       and p.created_at_platform between r.at - interval '${secondsApart} seconds' and r.at + interval '${secondsApart} seconds'
       and p.platform_post_id <> r.id and starts_with(p.platform_post_id, '${madeId}') <> starts_with(r.id, '${madeId}')
     where p.text_content is not null`,
    [account.id, JSON.stringify(wanted.map(({ id, createdAt }) => ({ id, at: createdAt }))), userId],
  )
  for (const row of rows) {
    const draft = wanted.find((each) => each.id === row.id)
    if (!draft || found.has(row.id) || wordsOf(draft.text) !== wordsOf(row.text)) continue
    const [made, own] = row.id.startsWith(madeId) ? [row.id, row.other] : [row.other, row.id]
    found.set(row.id, own)
    await tx.execute(
      `insert into ingest.post_aliases (account_id, user_id, platform_post_id, same_as) values ($1, $2, $3, $4)
       on conflict (account_id, platform_post_id) do update set same_as = excluded.same_as`,
      [account.id, userId, made, own],
    )
    await tx.execute(
      `update ingest.ingested_posts set platform_post_id = $3 where account_id = $1 and platform_post_id = $2`,
      [account.id, made, own],
    )
    await tx.execute(
      `update vault.posts set platform_post_id = $3, source_id = $3 where account_id = $1 and platform_post_id = $2
         and not exists (select from vault.posts o where o.account_id = $1 and o.platform_post_id = $3)`,
      [account.id, made, own],
    )
  }
  return found
}

/** Exports cut spaces and lines otherwise than services do. */
function wordsOf(text: string | null): string {
  return (text ?? '').normalize('NFC').split(/\s+/u).filter(Boolean).join(' ')
}
