import type { ActivityEntry, ActivityPage } from '../../contract/index.ts'
import type { Reader } from '../database/index.ts'

/**
 * What a person did and what was done for them, newest first; `before` continues an earlier page. `nouns` leaves only
 * actions on these.
 */
export async function activity(
  tx: Reader,
  userId: string,
  wanted: { readonly before?: number; readonly limit: number; readonly nouns?: readonly string[] },
): Promise<ActivityPage> {
  const rows = await tx.query<ActivityEntry>(
    `select number as id, created_at as at, action, resource_type as "objectType", resource_id as "objectId", details, outcome
     from core.audit_log
     where chain = $1 and ($2::bigint is null or number < $2)
       and ($3::text[] is null or split_part(action, '.', 1) = any($3::text[]))
     order by number desc limit $4`,
    [userId, wanted.before ?? null, wanted.nouns ?? null, wanted.limit + 1],
  )
  const items = rows.slice(0, wanted.limit)
  const last = rows.length > items.length ? items.at(-1) : undefined
  return { items, next: last ? String(last.id) : null }
}

export interface AuditVerdict {
  readonly entries: number
  /** The first line that is not as it was written, or after which one is missing; null is whole. */
  readonly brokenAt: number | null
}

/** Holds a person's audit log against its chain of hashes. */
export async function verifyAudit(tx: Reader, userId: string): Promise<AuditVerdict> {
  const row = await tx.one<AuditVerdict>(
    `with line as (
       select l.number, l.hash is distinct from core.audit_hash(l.prev_hash, l::core.audit_log)
           or l.prev_hash is distinct from lag(l.hash) over (order by l.number)
           or l.number <> row_number() over (order by l.number) as "isBroken"
       from (select null::bigint as id, user_id, action, resource_type, resource_id, ip_address, user_agent, details,
                    prev_hash, hash, created_at, chain, number, outcome from core.audit_log where chain = $1) l),
     ends as (
       select count(*) as entries, max(number) as last, min(number) filter (where "isBroken") as broken,
         (select a.hash from core.audit_log a where a.chain = $1 order by a.number desc limit 1) as hash from line)
     select ends.entries, coalesce(ends.broken, case
         when ends.entries = coalesce(h.entries, 0) and ends.hash is not distinct from h.hash then null
         else greatest(ends.last, h.entries) end) as "brokenAt"
     from ends left join core.audit_heads h on h.chain = $1`,
    [userId],
  )
  return row ?? { entries: 0, brokenAt: null }
}
