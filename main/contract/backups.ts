import { z } from 'zod'
import { endpoint, idParams, pageOf } from './endpoint.ts'
import { idSchema } from './media.ts'

export const backupRunKindSchema = z.enum(['create', 'check', 'prove', 'prune'])
export type BackupRunKind = z.infer<typeof backupRunKindSchema>

/**
 * Why a run failed, or what one that went through found; never renamed, for rows of earlier runs hold them. `damaged` has
 * `files` and `lost`, `not-saved` has `count`, `set-back` has `date`, `error` has the `code` of an error and its English
 * `text`, `noted` has the `text` of an earlier version.
 */
export const backupReasonCodes = ['damaged', 'not-saved', 'set-back', 'failed', 'error', 'noted'] as const
export const backupReasonSchema = z
  .object({
    code: z.enum(backupReasonCodes),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'BackupReason' })
export type BackupReason = z.infer<typeof backupReasonSchema>

/** One run and what came of it; `result` has the figures its kind gives. */
export const backupRunSchema = z
  .object({
    id: idSchema,
    kind: backupRunKindSchema,
    status: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    result: z.record(z.string(), z.unknown()),
    /** In English; `reason` is for saying it in another language. */
    problem: z.string().nullable(),
    reason: backupReasonSchema.nullable(),
  })
  .meta({ id: 'BackupRun' })
export type BackupRun = z.infer<typeof backupRunSchema>

/** Live figures of a run. */
export const backupProgressSchema = z.object({
  kind: backupRunKindSchema,
  phase: z.string(),
  files: z.number(),
  totalFiles: z.number(),
  bytes: z.number(),
  totalBytes: z.number(),
  /** Over the last seconds; null where bytes are not counted. */
  bytesPerSecond: z.number().nullable(),
  /** Until all of this phase is done; null until it can be told. */
  secondsLeft: z.number().nullable(),
})
export type BackupProgressNow = z.infer<typeof backupProgressSchema>

/** Why a backup that is due has not begun. `soon`: nothing stands in its way, it begins within a minute. */
export const backupWaitSchema = z.enum(['away', 'key', 'battery', 'busy', 'soon'])
export type BackupWait = z.infer<typeof backupWaitSchema>

export const backupSchema = z
  .object({
    id: idSchema,
    path: z.string(),
    /** Its folder can be reached now. */
    isReachable: z.boolean(),
    /** Runs without asking for the passphrase. */
    hasKey: z.boolean(),
    isEnabled: z.boolean(),
    everyHours: z.int(),
    keep: z.object({ daily: z.int(), weekly: z.int(), monthly: z.int() }),
    /** Small pictures are in it too. */
    withThumbnails: z.boolean(),
    lastTriedAt: z.string().nullable(),
    lastSavedAt: z.string().nullable(),
    lastProvenAt: z.string().nullable(),
    lastFiles: z.int().nullable(),
    lastBytes: z.number().nullable(),
    repositoryBytes: z.number().nullable(),
    problem: z.string().nullable(),
    reason: backupReasonSchema.nullable(),
    running: backupProgressSchema.nullable(),
    /** How far it was when it was paused. */
    paused: backupProgressSchema.pick({ files: true, totalFiles: true, bytes: true, totalBytes: true }).nullable(),
    /** Null when it is not due, or runs, or is paused. */
    waitsFor: backupWaitSchema.nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Backup' })
export type Backup = z.infer<typeof backupSchema>

/** What opens a repository: its passphrase, or an age identity (`AGE-SECRET-KEY-1…`). */
export const backupKeySchema = z
  .object({
    passphrase: z.string().min(1).max(1000).optional(),
    identity: z.string().min(1).max(10_000).optional(),
  })
  .meta({ id: 'BackupKey' })
export type BackupKey = z.infer<typeof backupKeySchema>

/** Makes a repository in an empty folder, or takes up the one that is there. */
export const newBackupSchema = backupKeySchema
  .extend({
    path: z.string().min(1),
    /** Makes a recovery key as a second way in; it is answered once and kept nowhere. */
    withRecoveryKey: z.boolean().default(false),
    /** Public keys (`age1…`) of people who may open it, by a short name. */
    recipients: z.record(z.string(), z.string()).default({}),
    isEnabled: z.boolean().default(true),
    withThumbnails: z.boolean().default(false),
  })
  .meta({ id: 'NewBackup' })
export type NewBackup = z.input<typeof newBackupSchema>
export const newBackupAnswerSchema = z
  .object({ backup: backupSchema, recoveryKey: z.string().nullable() })
  .meta({ id: 'NewBackupAnswer' })
export type NewBackupAnswer = z.infer<typeof newBackupAnswerSchema>

/** What opens a backup, by the name of its file. `person`: somebody's own age key. */
export const backupKeyEntrySchema = z.object({ name: z.string(), kind: z.enum(['passphrase', 'recovery', 'person']) })
export type BackupKeyEntry = z.infer<typeof backupKeyEntrySchema>

const replaces = z.boolean().default(false)

/** Another way into a backup; `replaces` lets it take the place of the one of its name. */
export const newBackupKeySchema = z
  .discriminatedUnion('kind', [
    /** A recovery key is made; it is answered once and kept nowhere. */
    z.object({ kind: z.literal('recovery'), replaces }),
    /** The recipient is the public age key (`age1…`) of somebody trusted. */
    z.object({
      kind: z.literal('person'),
      name: z.string().min(1).max(200),
      recipient: z.string().min(1).max(10_000),
      replaces,
    }),
  ])
  .meta({ id: 'NewBackupKey' })
export type NewBackupKey = z.input<typeof newBackupKeySchema>
export const newBackupKeyAnswerSchema = z
  .object({ keys: z.array(backupKeyEntrySchema), recoveryKey: z.string().nullable() })
  .meta({ id: 'NewBackupKeyAnswer' })
export type NewBackupKeyAnswer = z.infer<typeof newBackupKeyAnswerSchema>

export const backupEditSchema = z
  .object({
    isEnabled: z.boolean().optional(),
    everyHours: z.int().min(1).max(8760).optional(),
    keep: z
      .object({
        daily: z.int().min(1).max(10_000),
        weekly: z.int().min(0).max(10_000),
        monthly: z.int().min(0).max(10_000),
      })
      .optional(),
    withThumbnails: z.boolean().optional(),
    /** Sets another passphrase; the data stays as it is. */
    passphrase: z.string().min(1).max(1000).optional(),
  })
  .meta({ id: 'BackupEdit' })
export type BackupEdit = z.input<typeof backupEditSchema>

/** What to run; a key only where the vault has none for it. */
export const runBackupSchema = backupKeySchema
  .extend({
    kind: backupRunKindSchema.default('create'),
    readData: z.boolean().optional(),
    sample: z.number().min(0).max(100).optional(),
  })
  .meta({ id: 'RunBackup' })
export type RunBackup = z.input<typeof runBackupSchema>

export const snapshotSchema = z
  .object({
    snapshot: z.string(),
    id: idSchema,
    createdAt: z.string(),
    vaultName: z.string(),
    files: z.int(),
    bytes: z.number(),
    missing: z.int(),
  })
  .meta({ id: 'Snapshot' })
export const snapshotListSchema = pageOf(snapshotSchema)
  .extend({ damaged: z.array(z.object({ snapshot: z.string(), problem: z.string() })) })
  .meta({ id: 'Snapshots' })
export type SnapshotList = z.infer<typeof snapshotListSchema>

const one = { access: 'admin', params: idParams } as const
const control = (name: 'pause' | 'resume' | 'cancel', summary: string) =>
  endpoint({ ...one, method: 'POST', path: `/backups/{id}/${name}`, summary, answer: backupSchema })

/** Runs are noted when they have ended, under their kind. */
export const backupActions = [
  'backups.added',
  'backups.changed',
  'backups.removed',
  'backups.paused',
  'backups.resumed',
  'backups.create',
  'backups.check',
  'backups.prove',
  'backups.prune',
  'backups.key-added',
  'backups.key-replaced',
  'backups.key-removed',
  'backups.file-started',
] as const

/** A backup holds what everybody keeps, so only administrators make, see into and restore one. */
export const backupEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/backups',
    access: 'person',
    summary: 'Where the vault is backed up to and in what state that is, with live figures',
    answer: pageOf(backupSchema).meta({ id: 'Backups' }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/backups',
    access: 'admin',
    summary:
      'Make a repository in an empty folder, or use the one that is there; a new recovery key is shown this once',
    body: newBackupSchema,
    answer: newBackupAnswerSchema,
    status: 201,
  }),
  read: endpoint({ ...one, method: 'GET', path: '/backups/{id}', summary: 'One backup', answer: backupSchema }),
  edit: endpoint({
    ...one,
    method: 'PATCH',
    path: '/backups/{id}',
    summary: 'Change when it runs, what it holds and keeps, or its passphrase',
    body: backupEditSchema,
    answer: backupSchema,
  }),
  remove: endpoint({
    ...one,
    method: 'DELETE',
    path: '/backups/{id}',
    summary: 'Stop backing up there; what is there stays',
  }),
  run: endpoint({
    ...one,
    method: 'POST',
    path: '/backups/{id}/runs',
    summary: 'Back up, check, prove or prune now',
    body: runBackupSchema,
    answer: backupRunSchema,
    status: 202,
  }),
  runs: endpoint({
    ...one,
    method: 'GET',
    path: '/backups/{id}/runs',
    summary: 'What was done with a backup, newest first',
    answer: pageOf(backupRunSchema).meta({ id: 'BackupRuns' }),
  }),
  pause: control('pause', 'Stop a backup where it is; it stays paused over restarts'),
  resume: control('resume', 'Resume a paused backup'),
  cancel: control('cancel', 'Stop the run; the repository stays valid and the next run resumes from there'),
  snapshots: endpoint({
    ...one,
    method: 'POST',
    path: '/backups/{id}/snapshots',
    summary: 'The snapshots of a backup, newest first; a key only where the vault has none for it',
    body: backupKeySchema,
    answer: snapshotListSchema,
  }),
  keys: endpoint({
    ...one,
    method: 'GET',
    path: '/backups/{id}/keys',
    summary: 'What opens a backup: passphrase, recovery key and trusted people by name, never the keys themselves',
    answer: pageOf(backupKeyEntrySchema).meta({ id: 'BackupKeys' }),
  }),
  addKey: endpoint({
    ...one,
    method: 'POST',
    path: '/backups/{id}/keys',
    summary:
      'Let a new recovery key, or the public age key of a trusted person, open a backup; a new recovery key is shown this once',
    body: newBackupKeySchema,
    answer: newBackupKeyAnswerSchema,
    status: 201,
  }),
  removeKey: endpoint({
    ...one,
    method: 'DELETE',
    path: '/backups/{id}/keys/{name}',
    params: idParams.extend({ name: z.string().min(1).max(200) }),
    summary: 'Remove a key of a backup, except the last; who used it before may still know the repository key',
  }),
}
