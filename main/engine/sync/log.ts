import type { ErrorCode } from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'
import { record } from '../objects/index.ts'
import type { SyncAccount } from './account.ts'
import type { SyncContext } from './context.ts'
import type { SyncKind } from './plan.ts'

/** What is counted while a sync runs. */
export interface SyncCounts {
  fetched: number
  created: number
  updated: number
  deleted: number
  mediaDownloaded: number
  mediaFailed: number
  /** Payloads that could not be read. */
  unread: number
  pages: number
}

export interface LogEnd {
  readonly status: 'success' | 'partial' | 'failed' | 'cancelled'
  readonly code?: ErrorCode
  readonly message?: string
  /** What the connection is from now on; connected when it is not said. */
  readonly state?: 'error' | 'token_expired'
}

export async function beginLog(context: SyncContext, account: SyncAccount, kind: SyncKind): Promise<string> {
  const row = await context.database.asService((tx) =>
    tx.one<{ id: string }>(
      `insert into ingest.sync_logs (user_id, account_id, sync_type, status, metadata)
       values ($1, $2, $3, 'running', jsonb_build_object('reason', $3::text)) returning id`,
      [account.userId, account.id, kind],
    ),
  )
  if (!row) throw new Error('a sync was not logged')
  context.bell.showAgain(account.userId, 'integrations')
  return row.id
}

/** Writes how a sync ended, into the log and to its connection; `also` runs in the same transaction. */
export async function endLog(
  context: SyncContext,
  account: SyncAccount,
  logId: string,
  counts: SyncCounts,
  { status, code, message, state }: LogEnd,
  also: (tx: Writer) => Promise<void> = async () => {},
): Promise<void> {
  await context.database.asService(async (tx) => {
    await tx.execute(
      `update ingest.sync_logs set status = $2, posts_fetched = $3, posts_created = $4, posts_updated = $5, posts_deleted = $6,
         media_downloaded = $7, media_failed = $8, error_message = $9,
         error_details = case when $10::text is not null then jsonb_build_object('code', $10::text) end,
         metadata = metadata || jsonb_build_object('pages', $11::integer, 'unread', $12::integer)
       where id = $1`,
      [
        logId,
        status,
        counts.fetched,
        counts.created,
        counts.updated,
        counts.deleted,
        counts.mediaDownloaded,
        counts.mediaFailed,
        message ?? null,
        code ?? null,
        counts.pages,
        counts.unread,
      ],
    )
    if (status !== 'cancelled') {
      const isWell = status === 'success' || status === 'partial'
      await tx.execute(
        `update core.integrations set status = case when status = 'disconnected' then status else $2 end, error_code = $3,
           error_message = $4 where id = $1`,
        [
          account.id,
          state ?? (isWell ? 'connected' : account.status),
          isWell && code === undefined ? null : (code ?? null),
          isWell && code === undefined ? null : (message ?? null),
        ],
      )
      await record(tx, {
        userId: account.userId,
        action: 'integrations.synced',
        ids: [account.id],
        change: 'changed',
        outcome: status === 'failed' ? 'failed' : 'done',
        details: {
          platform: account.platform,
          name: account.username ?? account.platformUserId ?? '',
          created: counts.created,
          updated: counts.updated,
          deleted: counts.deleted,
          media: counts.mediaDownloaded,
        },
      })
    }
    await also(tx)
  })
}

/** Syncs that were under way when the engine ended. */
export async function endInterrupted(tx: Writer): Promise<void> {
  await tx.execute(
    `update ingest.sync_logs set status = 'cancelled', error_message = 'Coffer was closed meanwhile.' where status = 'running'`,
  )
}

/** Moves logs of syncs that are older than so many days to where they lie apart. */
export async function moveOldLogs(tx: Writer, days: number): Promise<number> {
  return tx.execute(
    `with old as (delete from ingest.sync_logs where started_at < now() - make_interval(days => $1) and status <> 'running' returning *)
     insert into ingest.old_sync_logs select * from old on conflict (id) do nothing`,
    [days],
  )
}
