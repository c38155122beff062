import { z } from 'zod'

/** Every code an error of Coffer can carry. Programs may branch on these; they are never renamed. */
export const errorCodes = [
  'bad-request',
  'not-found',
  'conflict',
  'unauthorized',
  'sign-in-needed',
  'sign-in-failed',
  'session-ended',
  'too-many-attempts',
  'forbidden',
  'wrong-usage',
  'internal',
  'cancelled',
  'no-vault',
  'vault-exists',
  'vault-not-empty',
  'vault-not-found',
  'vault-locked',
  'vault-damaged',
  'vault-newer',
  'vault-unfinished',
  'database-damaged',
  'database-stopped',
  'database-empty',
  'migration-edited',
  'migration-failed',
  'sql-refused',
  'sql-failed',
  'disk-full',
  'file-missing',
  'file-unreadable',
  'file-changing',
  'path-inside-vault',
  'path-around-vault',
  'already-watched',
  'import-running',
  'import-finished',
  'backup-not-found',
  'backup-exists',
  'backup-locked',
  'backup-damaged',
  'backup-wrong-key',
  'backup-unreachable',
  'backup-newer',
  'snapshot-not-found',
  'user-exists',
  'user-unknown',
  'user-disabled',
  'weak-password',
  'engine-unreachable',
] as const

export const errorCodeSchema = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** RFC 9457 problem details, with Coffer's code and retry hint. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: errorCodeSchema,
  retry: z.enum(['never', 'later']),
  details: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof problemSchema>
