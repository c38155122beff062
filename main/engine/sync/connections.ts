import { errorCodeSchema, type Connection, type DeadLetter, type SyncRun } from '../../contract/index.ts'
import { placeIn } from '../base/cursor.ts'
import type { Reader } from '../database/index.ts'
import type { SyncContext } from './context.ts'

type Row = Omit<Connection, 'problem' | 'running'> & {
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

const at = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const figures = `select i.id, i.platform, i.username, i.display_name as "displayName", i.profile_url as "profileUrl", i.server, i.status,
    i.is_enabled as "isEnabled", i.auth_kind as "authKind", ${at('i.token_expires_at')} as "tokenExpiresAt",
    ${at('i.last_sync_at')} as "lastSyncAt", i.last_sync_status as "lastSyncStatus", ${at('i.next_sync_at')} as "nextSyncAt",
    i.interval_minutes as "intervalMinutes", i.pauses_on_battery as "pausesOnBattery", i.error_code as "errorCode", i.error_message as "errorMessage", i.error_count as failures,
    coalesce(p.posts, 0) as posts, jsonb_build_object('downloaded', coalesce(m.downloaded, 0), 'pending', coalesce(m.pending, 0),
      'failed', coalesce(m.failed, 0), 'unavailable', coalesce(m.unavailable, 0)) as media,
    coalesce(r.dead, 0) + coalesce(m.failed, 0) as "deadLetters"
  from core.integrations i
  left join (select account_id, count(*)::integer as posts from vault.posts where user_id = $1 and deleted_at is null group by 1) p
    on p.account_id = i.id
  left join (select account_id, count(*) filter (where status = 'downloaded')::integer as downloaded,
               count(*) filter (where status in ('pending', 'downloading'))::integer as pending,
               count(*) filter (where status = 'failed')::integer as failed,
               count(*) filter (where status = 'unavailable')::integer as unavailable
             from ingest.media_downloads where user_id = $1 group by 1) m on m.account_id = i.id
  left join (select account_id, count(*)::integer as dead from ingest.ingested_posts
             where user_id = $1 and status in ('failed', 'dead_letter') group by 1) r on r.account_id = i.id
  where i.user_id = $1 and i.deleted_at is null`

/** A person's connections with their figures, the oldest first. */
export async function listConnections(tx: Reader, context: SyncContext, userId: string): Promise<Connection[]> {
  const rows = await tx.query<Row>(`${figures} order by i.created_at, i.id`, [userId])
  return rows.map((row) => shown(row, context))
}

/** One of them; null where there is none. */
export async function readConnection(
  tx: Reader,
  context: SyncContext,
  userId: string,
  id: string,
): Promise<Connection | null> {
  const row = await tx.one<Row>(`${figures} and i.id = $2`, [userId, id])
  return row ? shown(row, context) : null
}

function shown({ errorCode, errorMessage, ...row }: Row, context: SyncContext): Connection {
  const work = context.running.find(row.id)
  return {
    ...row,
    problem:
      errorMessage === null
        ? null
        : { code: errorCodeSchema.safeParse(errorCode).data ?? 'internal', message: errorMessage },
    running:
      work === null ? null : { phase: work.detail.phase, done: work.progress.files, total: work.progress.totalFiles },
  }
}

/** Syncs of a connection, newest first, with those that lie apart. */
export async function syncRuns(
  tx: Reader,
  userId: string,
  accountId: string,
  wanted: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: SyncRun[]; next: string | null }> {
  const params: unknown[] = [userId, accountId, wanted.limit + 1]
  let after = ''
  if (wanted.cursor !== undefined) {
    params.push(...placeIn(wanted.cursor, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/))
    after = 'and (started_at, id) < ($4::timestamptz, $5::uuid)'
  }
  const part = (table: string): string =>
    `(select * from ${table} where user_id = $1 and account_id = $2 ${after} order by started_at desc, id desc limit $3)`
  const rows = await tx.query<
    Omit<SyncRun, 'problem'> & { place: string; message: string | null; code: string | null }
  >(
    `select id, account_id as "accountId", sync_type as kind, status, posts_fetched as fetched, posts_created as created,
       posts_updated as updated, posts_deleted as deleted, media_downloaded as "mediaDownloaded", media_failed as "mediaFailed",
       error_message as message, error_details->>'code' as code, ${at('started_at')} as "startedAt",
       ${at('completed_at')} as "finishedAt", duration_ms as "durationMs", metadata as details,
       to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
     from (${part('ingest.sync_logs')} union all ${part('ingest.old_sync_logs')}) logs
     order by started_at desc, id desc limit $3`,
    params,
  )
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ place: _place, message, code, ...run }) => ({
      ...run,
      problem: message === null ? null : { code: errorCodeSchema.safeParse(code).data ?? null, message },
    })),
    next: rows.length > page.length && last ? `${last.place}|${last.id}` : null,
  }
}

/** What could not be read or fetched, newest first. */
export async function deadLetters(
  tx: Reader,
  userId: string,
  accountId: string,
  wanted: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: DeadLetter[]; next: string | null }> {
  const params: unknown[] = [userId, accountId, wanted.limit + 1]
  let after = ''
  if (wanted.cursor !== undefined) {
    params.push(...placeIn(wanted.cursor, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/))
    after = 'where (tried, id) < ($4::timestamptz, $5::uuid)'
  }
  const rows = await tx.query<DeadLetter & { place: string }>(
    `select id, kind, what, error, attempts, ${at('tried')} as "lastTriedAt",
       to_char(tried at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
     from (
       select id, 'post' as kind, platform_post_id as what, error_message as error, attempts,
              coalesce(last_error_at, received_at) as tried
       from ingest.ingested_posts where user_id = $1 and account_id = $2 and status in ('failed', 'dead_letter')
       union all
       select id, 'media', split_part(coalesce(media_key, original_url), '?', 1), error, attempts, coalesce(last_attempt_at, created_at)
       from ingest.media_downloads where user_id = $1 and account_id = $2 and status in ('failed', 'unavailable')) letters
     ${after} order by tried desc, id desc limit $3`,
    params,
  )
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ place: _place, ...letter }) => letter),
    next: rows.length > page.length && last ? `${last.place}|${last.id}` : null,
  }
}
