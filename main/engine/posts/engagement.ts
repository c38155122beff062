import type { Writer } from '../database/index.ts'
import type { PostDraft } from '../platforms/index.ts'

/**
 * Notes the figures of posts as they are now: on the post, and once a day in their history, where a later figure of the
 * same day (UTC) takes the place of the earlier one. Posts without figures are left as they are.
 */
export async function noteEngagement(
  tx: Writer,
  userId: string,
  accountId: string,
  drafts: ReadonlyMap<string, PostDraft>,
): Promise<void> {
  const rows = [...drafts].flatMap(([id, { engagement }]) =>
    Object.keys(engagement).length === 0 ? [] : [{ id, figures: engagement }],
  )
  if (rows.length === 0) return
  await tx.execute(
    `with seen as (
       select p.id, r.figures, p.engagement is distinct from p.engagement || r.figures as differs
       from jsonb_to_recordset($3::jsonb) as r(id text, figures jsonb)
       join vault.posts p on p.account_id = $2 and p.platform_post_id = r.id and p.user_id = $1),
     noted as (
       insert into ingest.engagement_history (user_id, post_id, engagement_stats, recorded_at)
       select $1, s.id, s.figures, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' from seen s
       where s.differs or not exists (select from ingest.engagement_history h where h.post_id = s.id)
       on conflict (post_id, recorded_at) do update set engagement_stats = excluded.engagement_stats)
     update vault.posts p set engagement = p.engagement || s.figures from seen s where p.id = s.id and s.differs`,
    [userId, accountId, JSON.stringify(rows)],
  )
}
