import { z } from 'zod'
import { idSchema } from './media.ts'

export const importOutcomeSchema = z.enum([
  'waiting',
  'added',
  'duplicate',
  'stacked',
  'unsupported',
  'damaged',
  'failed',
])
export type ImportOutcome = z.infer<typeof importOutcomeSchema>

export const importStatusSchema = z.enum(['running', 'paused', 'waiting', 'done', 'cancelled', 'undone', 'failed'])
export type ImportStatus = z.infer<typeof importStatusSchema>

export const startImportSchema = z.object({
  paths: z.array(z.string().min(1)).min(1),
  /** Index in place, copy nothing. */
  reference: z.boolean().default(false),
  /** Count new, duplicate and unsupported; change nothing. */
  dryRun: z.boolean().default(false),
  albumPerFolder: z.boolean().default(false),
})
export type StartImport = z.input<typeof startImportSchema>

/** Live figures of an import. `waiting` = stopped by something outside (disk full, drive gone); `problem` says what. */
export const importSchema = z.object({
  id: idSchema,
  status: importStatusSchema,
  dryRun: z.boolean(),
  reference: z.boolean(),
  /** The watched folder that asked for it; `paths` is then that folder. */
  watchedFolderId: idSchema.nullable(),
  paths: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Files found so far; final once `scanComplete`. */
  scanComplete: z.boolean(),
  seen: z.int(),
  added: z.int(),
  duplicates: z.int(),
  stacked: z.int(),
  unsupported: z.int(),
  damaged: z.int(),
  failed: z.int(),
  /** Junk passed over (.DS_Store, Thumbs.db …). */
  skipped: z.int(),
  totalBytes: z.number(),
  doneBytes: z.number(),
  /** Over the last seconds; null when nothing runs. */
  filesPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  remainingSeconds: z.number().nullable(),
  currentFile: z.string().nullable(),
  problem: z.string().nullable(),
})
export type Import = z.infer<typeof importSchema>

export const importItemSchema = z.object({
  path: z.string(),
  outcome: importOutcomeSchema,
  mediaId: idSchema.nullable(),
  reason: z.string().nullable(),
  sizeBytes: z.number(),
})
export type ImportItem = z.infer<typeof importItemSchema>
export const importItemsPageSchema = z.object({ items: z.array(importItemSchema), next: z.string().nullable() })
