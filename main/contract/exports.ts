import { z } from 'zod'
import { idSchema } from './media.ts'

export const startExportSchema = z.object({
  /** A new or empty folder, or an export of this vault that is to be continued or brought up to date. */
  path: z.string().min(1),
  /** Only what came or was changed on or after this day (`2024-06-01`) or instant. */
  since: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/, 'it should look like 2024-06-01')
    .refine((text) => !Number.isNaN(Date.parse(text)), 'there is no such day')
    .optional(),
  /** Only the originals of these items, under their names, into any folder. */
  ids: z.array(idSchema).min(1).max(100_000).optional(),
})
export type StartExport = z.input<typeof startExportSchema>

/** Live figures of an export. */
export const exportProgressSchema = z.object({
  phase: z.enum(['look', 'check', 'data', 'originals', 'pages', 'finish']),
  files: z.int(),
  totalFiles: z.int(),
  bytes: z.number(),
  totalBytes: z.number(),
})
export type ExportProgress = z.infer<typeof exportProgressSchema>

/** What came of an export. */
export const exportResultSchema = z.object({
  /** Originals that are in the folder now, and their bytes. */
  files: z.int(),
  bytes: z.number(),
  byType: z.record(z.string(), z.int()),
  albums: z.int(),
  tags: z.int(),
  posts: z.int(),
  tables: z.int(),
  seconds: z.number(),
  /** Items whose original could not be exported, or is not what it was. */
  failed: z.array(z.object({ id: idSchema, filename: z.string(), reason: z.string() })),
})
export type ExportResult = z.infer<typeof exportResultSchema>

export const exportSchema = z.object({
  id: idSchema,
  path: z.string(),
  since: z.string().nullable(),
  /** Copies of a selection, rather than everything. */
  isSelection: z.boolean(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: exportProgressSchema.nullable(),
  result: exportResultSchema.nullable(),
  problem: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type Export = z.infer<typeof exportSchema>
