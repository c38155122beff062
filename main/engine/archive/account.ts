import { record } from '../objects/index.ts'
import type { Writer } from '../database/index.ts'
import type { PostAccount } from '../posts/index.ts'
import type { Recognised } from './source.ts'

/**
 * The connection that an export belongs to: the one of its account, whether it is synced or not, or a new one that is no more
 * than the archive of it. One that was disconnected or lies in the trash takes its records again.
 */
export async function accountFor(
  tx: Writer,
  userId: string,
  source: string,
  { platform, account }: Recognised,
): Promise<PostAccount> {
  const present = await tx.one<PostAccount>(
    `select id, platform, platform_user_id as "platformUserId", username from core.integrations
     where user_id = $1 and platform = $2
       and (platform_user_id = $3 or lower(username) = lower($4) or lower(username) = lower($3))
     order by deleted_at nulls first, platform_user_id = $3 desc, created_at limit 1`,
    [userId, platform, account.platformUserId, account.username],
  )
  if (present) {
    await tx.execute(
      `update core.integrations set deleted_at = null, username = coalesce(username, $2), display_name = coalesce(display_name, $3),
         profile_url = coalesce(profile_url, $4)
       where id = $1 and (deleted_at is not null or username is null or display_name is null or profile_url is null)`,
      [present.id, account.username, account.displayName, account.profileUrl],
    )
    return { ...present, username: present.username ?? account.username }
  }
  const made = await tx.one<{ id: string }>(
    `insert into core.integrations (user_id, platform, platform_user_id, username, display_name, profile_url, status, auth_kind,
       source_type, metadata)
     values ($1, $2, left($3, 255), left($4, 255), left($5, 200), $6, 'connected', 'archive', 'import',
       jsonb_build_object('archive', jsonb_build_object('source', $7::text))) returning id`,
    [userId, platform, account.platformUserId, account.username, account.displayName, account.profileUrl, source],
  )
  if (!made) throw new Error('a connection was not stored')
  await record(tx, {
    userId,
    action: 'integrations.connected',
    ids: [made.id],
    change: 'added',
    details: { platform, name: account.username ?? account.platformUserId },
  })
  return { id: made.id, platform, platformUserId: account.platformUserId, username: account.username }
}
