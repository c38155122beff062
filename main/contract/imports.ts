import { z } from 'zod'
import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import { idSchema } from './media.ts'
import { objectTypeSchema } from './objects.ts'
import { reasonSchema } from './reasons.ts'

export const importOutcomeSchema = z.enum([
  'waiting',
  'added',
  'duplicate',
  'stacked',
  'unsupported',
  'damaged',
  'later',
  'failed',
])
export type ImportOutcome = z.infer<typeof importOutcomeSchema>

export const importStatusSchema = z.enum(['running', 'paused', 'waiting', 'done', 'cancelled', 'undone', 'failed'])
export type ImportStatus = z.infer<typeof importStatusSchema>

export const startImportSchema = z
  .object({
    paths: z.array(z.string().min(1)).min(1),
    /** Index in place, copy nothing. */
    reference: z.boolean().default(false),
    /** Count new, duplicate and unsupported; change nothing. */
    dryRun: z.boolean().default(false),
    albumPerFolder: z.boolean().default(false),
    /** The paths are one export of a service, read as such; several parts of one export go together. */
    archive: z.boolean().default(false),
  })
  .meta({ id: 'StartImport' })
export type StartImport = z.input<typeof startImportSchema>

/** What an export gave of one type. */
export const importTypeSchema = z
  .object({
    type: objectTypeSchema,
    added: z.int(),
    updated: z.int(),
    /** Were here already, just so. */
    same: z.int(),
    /** Are in the trash or were deleted for good, and stay so. */
    left: z.int(),
    failed: z.int(),
  })
  .meta({ id: 'ImportType' })
export type ImportType = z.infer<typeof importTypeSchema>

/** What is known of an export before and while it is imported. */
export const importArchiveSchema = z
  .object({
    /** Which kind of export it is: `mastodon`, `x` …; null until it was recognised. */
    source: z.string().nullable(),
    platform: z.string().nullable(),
    /** Whose it is, as the service names them. */
    account: z.string().nullable(),
    connectionId: idSchema.nullable(),
    types: z.array(importTypeSchema),
    /** First and last moment of what it holds; null until that is known. */
    earliest: z.string().nullable(),
    latest: z.string().nullable(),
    /** Of a preview: some of what would come in. */
    samples: z.array(z.object({ type: objectTypeSchema, at: z.string(), title: z.string() })),
  })
  .meta({ id: 'ImportArchive' })
export type ImportArchive = z.infer<typeof importArchiveSchema>

/** An import with its figures. `waiting` = stopped by something outside (disk full, drive gone); `problem` says what. */
export const importSchema = z
  .object({
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
    /** Kept, not read yet: tried again when idle. */
    later: z.int(),
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
    problem: reasonSchema.nullable(),
    /** Null for files and folders. */
    archive: importArchiveSchema.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof importSchema>

/** What moves while an import runs; each event brings all of it, so that nobody has to ask. */
export const importProgressSchema = importSchema
  .pick({
    scanComplete: true,
    seen: true,
    added: true,
    duplicates: true,
    stacked: true,
    unsupported: true,
    damaged: true,
    later: true,
    failed: true,
    skipped: true,
    totalBytes: true,
    doneBytes: true,
    filesPerSecond: true,
    bytesPerSecond: true,
    remainingSeconds: true,
    currentFile: true,
  })
  .meta({ id: 'ImportProgress' })
export type ImportProgress = z.infer<typeof importProgressSchema>

export const importItemSchema = z
  .object({
    /** For people to read: a byte that is no UTF-8 is `\\xFC`. */
    path: z.string(),
    outcome: importOutcomeSchema,
    mediaId: idSchema.nullable(),
    reason: reasonSchema.nullable(),
    sizeBytes: z.number(),
  })
  .meta({ id: 'ImportItem' })
export type ImportItem = z.infer<typeof importItemSchema>
export const importItemsPageSchema = pageOf(importItemSchema).meta({ id: 'ImportItems' })

const verb = (name: 'pause' | 'resume' | 'retry' | 'cancel' | 'undo', summary: string) =>
  endpoint({
    method: 'POST',
    path: `/imports/{id}/${name}`,
    access: 'person',
    summary,
    params: idParams,
    answer: importSchema,
  })

export const importVerbs = {
  pause: verb('pause', 'Stop an import where it is safe'),
  resume: verb('resume', 'Resume a paused, cancelled or failed import'),
  retry: verb('retry', 'Try the files again that could not be read'),
  cancel: verb('cancel', 'End an import early; what is in stays'),
  undo: verb('undo', 'Move exactly what an import added to the trash'),
}
export type ImportVerb = keyof typeof importVerbs

export const importActions = [
  'imports.started',
  'imports.paused',
  'imports.resumed',
  'imports.retried',
  'imports.cancelled',
  'imports.undone',
] as const

export const importEndpoints = {
  recognise: endpoint({
    method: 'POST',
    path: '/imports/recognise',
    access: 'person',
    summary: 'Which of these files and folders are exports of services that Coffer reads',
    body: z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }).meta({ id: 'RecogniseExports' }),
    answer: z
      .object({
        /** Parts of one export are together. */
        exports: z.array(
          z.object({
            paths: z.array(z.string()),
            source: z.string(),
            platform: z.string(),
            account: z.string().nullable(),
            /** Why it cannot be read although it is known. */
            refused: reasonSchema.nullable(),
          }),
        ),
        /** Everything else, to be imported as files. */
        others: z.array(z.string()),
      })
      .meta({ id: 'RecognisedExports' }),
    isReading: true,
  }),
  start: endpoint({
    method: 'POST',
    path: '/imports',
    access: 'person',
    summary: 'Import files and folders, or with `dry_run` only count what would happen',
    body: startImportSchema,
    answer: importSchema,
    status: 202,
  }),
  list: endpoint({
    method: 'GET',
    path: '/imports',
    access: 'person',
    summary: 'Imports without previews, newest first',
    answer: pageOf(importSchema).meta({ id: 'Imports' }),
  }),
  read: endpoint({
    method: 'GET',
    path: '/imports/{id}',
    access: 'person',
    summary: 'One import with live figures',
    params: idParams,
    answer: importSchema,
  }),
  items: endpoint({
    method: 'GET',
    path: '/imports/{id}/items',
    access: 'person',
    summary: 'The files of an import in the order they were found, and what became of each',
    params: idParams,
    query: pageQuery({ default: 500, max: 5000 }).extend({
      outcome: z.array(importOutcomeSchema).optional(),
      newest: z.boolean().default(false).describe('Only the last ones, newest first.'),
    }),
    answer: importItemsPageSchema,
  }),
  ...importVerbs,
}
