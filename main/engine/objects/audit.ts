import type { Writer } from '../database/index.ts'

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
