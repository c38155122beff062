import type { Reader } from '../database/index.ts'
import type { PostAccount } from '../posts/index.ts'

/** A connection as a sync needs it. */
export interface SyncAccount {
  readonly id: string
  readonly userId: string
  readonly platform: string
  readonly platformUserId: string | null
  readonly username: string | null
  readonly server: string | null
  readonly status: 'pending' | 'connected' | 'error' | 'disconnected' | 'token_expired'
  readonly isEnabled: boolean
  readonly authKind: 'oauth' | 'app_password' | 'archive' | 'none'
  readonly intervalMinutes: number
  readonly pausesOnBattery: boolean
  readonly cursor: string | null
}

/** The same as what posts belong to. */
export function postAccount({ id, platform, platformUserId, username }: SyncAccount): PostAccount {
  return { id, platform, platformUserId, username }
}

/** Null for one that is not there, or is in the trash. */
export async function accountWith(tx: Reader, id: string): Promise<SyncAccount | null> {
  const row = await tx.one<SyncAccount>(
    `select id, user_id as "userId", platform, platform_user_id as "platformUserId", username, server, status,
            is_enabled as "isEnabled", auth_kind as "authKind", interval_minutes as "intervalMinutes",
            pauses_on_battery as "pausesOnBattery", sync_cursor as cursor
     from core.integrations where id = $1 and deleted_at is null`,
    [id],
  )
  return row ?? null
}

/** Whether it is synced by itself: not paused, not an archive, and signed in. */
export function isSynced(account: SyncAccount): boolean {
  return (
    account.isEnabled && account.authKind !== 'archive' && ['connected', 'error', 'pending'].includes(account.status)
  )
}
