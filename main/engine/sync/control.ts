import type { NewConnection } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import { record, trash } from '../objects/index.ts'
import { reprocess } from '../posts/index.ts'
import { accountWith, type SyncAccount } from './account.ts'
import type { Connected, Connector } from './connector.ts'
import type { SyncContext } from './context.ts'
import { mostTries } from './downloads.ts'
import { planSync, unplan } from './plan.ts'
import { keepSecrets, type Client } from './secrets.ts'
import { ServiceError } from './service-error.ts'

const soon = { kind: 'manual', delayMs: 0 } as const

/** Connects an account and plans its first sync. An export of the same account that was imported before becomes the connection. */
export async function connect(context: SyncContext, userId: string, input: NewConnection): Promise<string> {
  const connector = connectorFor(context, input.platform)
  if (!connector.connect) {
    throw new CofferError('Sign in at this service in the browser instead.', { code: 'connection-unsupported' })
  }
  const connected = await asked(() =>
    (connector.connect as NonNullable<Connector['connect']>)(
      { server: input.server || null, handle: input.handle || null, secret: input.secret || null },
      { network: context.network, signal: AbortSignal.timeout(60_000) },
    ),
  )
  return keepConnection(context, userId, connector.platform, connected, null)
}

/** Throws `connection-unsupported` for a service that nothing here knows. */
export function connectorFor(context: SyncContext, platform: string): Connector {
  const connector = context.connectors.find((each) => each.platform === platform)
  if (!connector) {
    throw new CofferError('This service cannot be connected. Import an export of it instead.', {
      code: 'connection-unsupported',
    })
  }
  return connector
}

/** What a service says while somebody waits for it, as an error they can act on. */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const code =
      error.trouble === 'offline' || error.trouble === 'failed'
        ? 'connection-offline'
        : error.trouble === 'limited'
          ? 'connection-limited'
          : 'connection-refused'
    const retry = code === 'connection-refused' ? 'never' : 'later'
    throw new CofferError(error.message, { code, retry, cause: error })
  }
}

/** Stores a connection with its secrets, or signs one in again, and syncs it. Returns its id. */
export async function keepConnection(
  context: SyncContext,
  userId: string,
  platform: string,
  connected: Connected,
  client: Client | null,
): Promise<string> {
  return context.database.asService(async (tx) => {
    const present = await tx.one<{ id: string }>(
      `select id from core.integrations where user_id = $1 and platform = $2
         and (platform_user_id = $3 or (auth_kind = 'archive' and lower(username) = lower($4)))
       order by deleted_at nulls first, platform_user_id = $3 desc limit 1`,
      [userId, platform, connected.platformUserId, connected.username],
    )
    const values = [
      userId,
      platform,
      connected.platformUserId,
      connected.username,
      connected.displayName,
      connected.profileUrl,
      connected.avatarUrl,
      connected.server,
      connected.authKind,
    ]
    const row = present
      ? await tx.one<{ id: string }>(
          `update core.integrations set platform_user_id = left($3, 255), username = left($4, 255),
             display_name = coalesce(left($5, 200), display_name), profile_url = coalesce($6, profile_url),
             avatar_url = coalesce($7, avatar_url), server = $8, auth_kind = $9, status = 'connected', is_enabled = true, deleted_at = null,
             error_message = null, error_code = null, error_count = 0, sync_cursor = case when auth_kind = 'archive' then null else sync_cursor end
           where id = $10 and user_id = $1 and platform = $2 returning id`,
          [...values, present.id],
        )
      : await tx.one<{ id: string }>(
          `insert into core.integrations (user_id, platform, platform_user_id, username, display_name, profile_url, avatar_url, server,
             auth_kind, status, source_type)
           values ($1, $2, left($3, 255), left($4, 255), left($5, 200), $6, $7, $8, $9, 'connected', 'user') returning id`,
          values,
        )
    if (!row) throw new Error('a connection was not stored')
    await keepSecrets(tx, userId, row.id, context.vaultKey(), { tokens: connected.tokens, client })
    await record(tx, {
      userId,
      action: present ? 'integrations.signed-in' : 'integrations.connected',
      ids: [row.id],
      change: present ? 'changed' : 'added',
      details: { platform, name: connected.username ?? connected.platformUserId },
    })
    await planSync(tx, userId, row.id, soon)
    return row.id
  })
}

/** Changes a connection of a person in one transaction. Throws `not-found`. */
async function change(
  context: SyncContext,
  userId: string,
  id: string,
  work: (tx: Writer, account: SyncAccount) => Promise<void>,
): Promise<void> {
  await context.database.asService(async (tx) => {
    const account = await accountWith(tx, id)
    if (!account || account.userId !== userId)
      throw new CofferError('There is no such connection.', { code: 'not-found' })
    await work(tx, account)
  })
}

const about = ({ platform, username, platformUserId }: SyncAccount): Readonly<Record<string, string>> => ({
  platform,
  name: username ?? platformUserId ?? '',
})

/** Syncs a connection as soon as it can be. */
export async function syncNow(context: SyncContext, userId: string, id: string): Promise<void> {
  await change(context, userId, id, async (tx, account) => {
    if (account.authKind === 'archive' || account.status === 'disconnected') {
      throw new CofferError('This is an imported export. Import a newer one, or connect the account.', {
        code: 'connection-unsupported',
      })
    }
    if (account.status === 'token_expired') {
      throw new CofferError('The sign-in has expired. Sign in again.', { code: 'connection-expired' })
    }
    connectorFor(context, account.platform)
    await planSync(tx, userId, id, soon)
    await record(tx, { userId, action: 'integrations.planned', ids: [id], change: 'changed', details: about(account) })
  })
}

/** Stops syncing a connection until it is resumed; a sync that runs ends where it is safe. */
export async function pauseConnection(context: SyncContext, userId: string, id: string): Promise<void> {
  await change(context, userId, id, async (tx, account) => {
    await tx.execute(`update core.integrations set is_enabled = false where id = $1`, [id])
    await unplan(tx, id)
    await record(tx, { userId, action: 'integrations.paused', ids: [id], change: 'changed', details: about(account) })
  })
  await context.running.stop(id)
}

export async function resumeConnection(context: SyncContext, userId: string, id: string): Promise<void> {
  await change(context, userId, id, async (tx, account) => {
    await tx.execute(`update core.integrations set is_enabled = true where id = $1`, [id])
    if (account.authKind !== 'archive' && account.status !== 'disconnected') await planSync(tx, userId, id, soon)
    await record(tx, { userId, action: 'integrations.resumed', ids: [id], change: 'changed', details: about(account) })
  })
}

/** How often a connection is synced, and whether on battery; what is not given stays. */
export async function editPlan(
  context: SyncContext,
  userId: string,
  id: string,
  given: { readonly intervalMinutes?: number | undefined; readonly pausesOnBattery?: boolean | undefined },
): Promise<void> {
  await change(context, userId, id, async (tx, account) => {
    const { intervalMinutes: minutes = account.intervalMinutes, pausesOnBattery = account.pausesOnBattery } = given
    await tx.execute(`update core.integrations set interval_minutes = $2, pauses_on_battery = $3 where id = $1`, [
      id,
      minutes,
      pausesOnBattery,
    ])
    const isPlanned =
      account.isEnabled && account.authKind !== 'archive' && ['connected', 'error'].includes(account.status)
    if (isPlanned && minutes !== account.intervalMinutes) {
      await planSync(tx, userId, id, { kind: 'scheduled', delayMs: minutes * 60_000 })
    }
    await record(tx, {
      userId,
      action: 'integrations.planned',
      ids: [id],
      change: 'changed',
      details: { ...about(account), minutes },
    })
  })
}

/** Tries again what could not be read, with the rules of this version, and fetches again what could not be fetched. */
export async function retryFailed(context: SyncContext, userId: string, id: string): Promise<void> {
  await change(context, userId, id, async (tx, account) => {
    await tx.execute(
      `update ingest.media_downloads set status = 'pending', attempts = 0, next_attempt_at = null, error = null
       where account_id = $1 and user_id = $2 and (status in ('failed', 'unavailable') or attempts >= ${mostTries})
         and status <> 'downloaded' and not starts_with(original_url, 'archive:')`,
      [id, userId],
    )
    if (account.authKind !== 'archive' && account.isEnabled && ['connected', 'error'].includes(account.status)) {
      await planSync(tx, userId, id, soon)
    }
    await record(tx, { userId, action: 'integrations.retried', ids: [id], change: 'changed', details: about(account) })
  })
  for (let cursor: string | null = null; ;) {
    const done: { next: string | null } = await reprocess(context.database, userId, cursor)
    if (done.next === null) return
    cursor = done.next
  }
}

/**
 * Forgets the sign-in of a connection. With `erase` all that came through it is deleted for good as well, payloads too; pictures that
 * are nowhere else go to the trash. Returns how many posts were deleted.
 */
export async function disconnect(
  context: SyncContext,
  userId: string,
  id: string,
  { erase }: { readonly erase: boolean },
): Promise<{ erasedPosts: number }> {
  await pauseConnection(context, userId, id)
  let erasedPosts = 0
  await change(context, userId, id, async (tx, account) => {
    await tx.execute(`delete from core.integration_secrets where account_id = $1`, [id])
    await tx.execute(
      `update core.integrations set status = 'disconnected', auth_kind = 'archive', token_expires_at = null, scope = null, sync_cursor = null,
         error_message = null, error_code = null where id = $1`,
      [id],
    )
    if (erase) erasedPosts = await eraseRows(tx, userId, id)
    await record(tx, {
      userId,
      action: erase ? 'integrations.erased' : 'integrations.disconnected',
      ids: [id],
      change: erase ? 'removed' : 'changed',
      details: { ...about(account), ...(erase && { posts: erasedPosts }) },
    })
  })
  return { erasedPosts }
}

/** Deletes what came through a connection; pictures go to the trash. Returns how many posts that were. */
async function eraseRows(tx: Writer, userId: string, id: string): Promise<number> {
  const media = await tx.query<{ id: string }>(
    `select id from vault.media where user_id = $2 and deleted_at is null and source_integration_id = $1`,
    [id, userId],
  )
  await trash(
    tx,
    userId,
    'media',
    media.map((each) => each.id),
  )
  const posts = await tx.query<{ id: string }>(
    `delete from vault.posts where account_id = $1 and user_id = $2 returning id`,
    [id, userId],
  )
  // The account may be connected again, and begins anew then.
  await tx.execute(`delete from meta.tombstones where user_id = $1 and object_id = any($2::uuid[])`, [
    userId,
    posts.map((each) => each.id),
  ])
  for (const table of ['ingested_posts', 'ingested_items', 'media_downloads', 'post_aliases']) {
    await tx.execute(`delete from ingest.${table} where account_id = $1 and user_id = $2`, [id, userId])
  }
  await tx.execute(`update core.integrations set deleted_at = now() where id = $1`, [id])
  return posts.length
}
