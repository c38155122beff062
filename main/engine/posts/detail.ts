import type { PostDetail, PostVersion } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'
import { goneFormat } from './account.ts'
import { onePost } from './feed.ts'
import { readPayload } from './payloads.ts'

/** Payloads of one post that are shown; one that is edited more often than that shows its newest. */
const most = 200

/** A post with its payloads as they came and its figures over time; null where there is none. */
export async function postDetail(tx: Reader, userId: string, id: string): Promise<PostDetail | null> {
  const post = await onePost(tx, userId, id)
  if (!post) return null
  const rows = await tx.query<Omit<PostVersion, 'text'> & { platformUserId: string | null; username: string | null }>(
    `select r.id, r.format, to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
            r.status, r.error_message as error, r.post_data as payload, i.platform_user_id as "platformUserId", i.username
     from vault.posts p join ingest.ingested_posts r
       on r.account_id = p.account_id and r.platform_post_id = p.platform_post_id
     join core.integrations i on i.id = p.account_id
     where p.id = $1 and p.user_id = $2 order by r.received_at desc, r.id desc limit ${most}`,
    [id, userId],
  )
  const figures = await tx.query<PostDetail['engagement'][number]>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, engagement_stats as figures
     from ingest.engagement_history where post_id = $1 and user_id = $2 order by recorded_at`,
    [id, userId],
  )
  const versions = rows.map(({ platformUserId, username, ...row }): PostVersion => {
    const format = row.format ?? ''
    const isText = format !== '' && format !== goneFormat
    const { draft } = isText
      ? readPayload({ postId: '', format, data: row.payload }, { platformUserId, username })
      : { draft: null }
    return { ...row, text: draft?.text ?? null }
  })
  return { post, versions, engagement: figures }
}
