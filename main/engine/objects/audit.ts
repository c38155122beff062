import type { ActivityPage } from '../../contract/index.ts'
import type { Reader, Writer } from '../database/index.ts'

/** Adds a line to the audit log. `details` never holds secrets. */
export async function audit(
  tx: Writer,
  userId: string,
  action: string,
  resource: { readonly type: string; readonly id: string | null },
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx.execute(
    `insert into core.audit_log (user_id, action, resource_type, resource_id, details)
     values ($1, $2, $3, $4, $5::jsonb)`,
    [userId, action, resource.type, resource.id, JSON.stringify(details)],
  )
}

/** What this person did and what was done for them, newest first; `before` continues an earlier page. */
export async function activity(
  tx: Reader,
  wanted: { readonly before?: number; readonly limit: number },
): Promise<ActivityPage> {
  const rows = await tx.query<ActivityPage['entries'][number]>(
    `select id, created_at as at, action, resource_type as "objectType", resource_id as "objectId", details
     from core.audit_log where $1::bigint is null or id < $1 order by id desc limit $2`,
    [wanted.before ?? null, wanted.limit + 1],
  )
  const entries = rows.slice(0, wanted.limit)
  return { entries, next: rows.length > entries.length ? (entries.at(-1)?.id ?? null) : null }
}
