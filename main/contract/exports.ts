import { z } from 'zod'
import { endpoint, idParams, pageOf } from './endpoint.ts'
import { errorCodeSchema } from './errors.ts'
import { idSchema } from './media.ts'

export const startExportSchema = z
  .object({
    /** A new or empty folder, or an export of this vault that is to be continued or brought up to date. */
    path: z.string().min(1),
    /** Only what came or was changed on or after this day (`2024-06-01`) or instant. */
    since: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/, 'must look like 2024-06-01')
      .refine((text) => !Number.isNaN(Date.parse(text)), 'is not a day of the calendar')
      .optional(),
    /** Only the originals of these items, under their names, into any folder. */
    ids: z.array(idSchema).min(1).max(100_000).optional(),
  })
  .meta({ id: 'StartExport' })
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

export const exportSchema = z
  .object({
    id: idSchema,
    path: z.string(),
    since: z.string().nullable(),
    /** Copies of a selection, rather than everything. */
    isSelection: z.boolean(),
    status: z.enum(['running', 'done', 'failed', 'cancelled']),
    progress: exportProgressSchema.nullable(),
    result: exportResultSchema.nullable(),
    problem: z.string().nullable(),
    problemCode: errorCodeSchema.nullable(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Export' })
export type Export = z.infer<typeof exportSchema>

const one = { access: 'person', params: idParams, answer: exportSchema } as const

export const exportActions = ['exports.made', 'exports.cancelled', 'exports.failed'] as const

export const exportEndpoints = {
  start: endpoint({
    method: 'POST',
    path: '/exports',
    access: 'person',
    summary: 'Write everything out into a folder in open formats, or bring such a folder up to date',
    body: startExportSchema,
    answer: exportSchema,
    status: 202,
  }),
  list: endpoint({
    method: 'GET',
    path: '/exports',
    access: 'person',
    summary: 'Exports with live figures, newest first',
    answer: pageOf(exportSchema).meta({ id: 'Exports' }),
  }),
  read: endpoint({ ...one, method: 'GET', path: '/exports/{id}', summary: 'One export with live figures' }),
  cancel: endpoint({
    ...one,
    method: 'POST',
    path: '/exports/{id}/cancel',
    summary: 'Stop an export; another one into the same folder resumes it',
  }),
}
