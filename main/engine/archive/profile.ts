import type { Writer } from '../database/index.ts'
import type { Draft } from './source.ts'
import type { ArchiveRun, ExportOf } from './types.ts'

/** Stores what an export says of its own account: the profile, and the name of the connection where it has none. */
export async function storeProfile(
  tx: Writer,
  run: ArchiveRun,
  { account }: ExportOf,
  profile: Extract<Draft, { kind: 'profile' }>,
): Promise<void> {
  await tx.execute(
    `insert into vault.social_accounts (user_id, platform, platform_user_id, handle, display_name, bio, followers, following, is_self,
       account_id, source_type, source_platform, source_integration_id)
     select $1, $2, left($3, 255), left($4, 255), left($5, 500), $6, $7, $8, true, $9, 'import', $2, $9
     where not exists (select from vault.social_accounts where user_id = $1 and platform = $2 and platform_user_id = left($3, 255))`,
    [
      run.userId,
      account.platform,
      account.platformUserId ?? account.id,
      account.username,
      profile.displayName,
      profile.bio,
      profile.followers,
      profile.following,
      account.id,
    ],
  )
  await tx.execute(
    `update core.integrations set display_name = left($2, 200) where id = $1 and display_name is null and $2::text is not null`,
    [account.id, profile.displayName],
  )
}
