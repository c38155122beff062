import { z } from 'zod'
import { backupKeySchema } from './backups.ts'
import { endpoint } from './endpoint.ts'
import { errorCodeSchema } from './errors.ts'
import { idSchema } from './media.ts'

/** Writes everything into one encrypted file: to a passphrase, or to keys (`age1…`, or those of an identity). */
export const newArchiveSchema = backupKeySchema
  .extend({
    path: z.string().min(1),
    recipients: z.array(z.string()).default([]),
  })
  .meta({ id: 'NewBackupFile' })
export type NewArchive = z.input<typeof newArchiveSchema>

/** The one backup file an engine writes; what it shows stays until the next begins. */
export const archiveStateSchema = z
  .object({
    status: z.enum(['none', 'running', 'done', 'failed', 'cancelled']),
    path: z.string().nullable(),
    phase: z.string(),
    files: z.number(),
    totalFiles: z.number(),
    bytes: z.number(),
    totalBytes: z.number(),
    result: z
      .object({
        file: z.string(),
        id: idSchema,
        createdAt: z.string(),
        files: z.int(),
        bytes: z.number(),
        /** Bytes of the file. */
        addedBytes: z.number(),
        seconds: z.number(),
        problems: z.array(z.object({ path: z.string(), mediaId: idSchema, reason: z.enum(['missing', 'damaged']) })),
      })
      .nullable(),
    problem: z.string().nullable(),
    problemCode: errorCodeSchema.nullable(),
  })
  .meta({ id: 'BackupFileState' })
export type ArchiveState = z.infer<typeof archiveStateSchema>

/** One encrypted file with everything of everybody. */
export const backupFileEndpoints = {
  write: endpoint({
    method: 'POST',
    path: '/backup-file',
    access: 'admin',
    summary: 'Write everything into one encrypted file',
    body: newArchiveSchema,
    answer: archiveStateSchema,
    status: 202,
  }),
  state: endpoint({
    method: 'GET',
    path: '/backup-file',
    access: 'admin',
    summary: 'How far the backup file is',
    answer: archiveStateSchema,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/backup-file/cancel',
    access: 'admin',
    summary: 'Stop writing the backup file; nothing of it is left',
    answer: archiveStateSchema,
  }),
}
