import { z } from 'zod'
import { idSchema } from './media.ts'

export const backupRunKindSchema = z.enum(['create', 'check', 'prove', 'prune'])
export type BackupRunKind = z.infer<typeof backupRunKindSchema>

/** One run and what came of it; `result` has the figures its kind gives. */
export const backupRunSchema = z.object({
  id: idSchema,
  kind: backupRunKindSchema,
  status: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  result: z.record(z.string(), z.unknown()),
  problem: z.string().nullable(),
})
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

export const backupSchema = z.object({
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
  running: backupProgressSchema.nullable(),
  /** How far it was when it was paused. */
  paused: backupProgressSchema.pick({ files: true, totalFiles: true, bytes: true, totalBytes: true }).nullable(),
  /** Null when it is not due, or runs, or is paused. */
  waitsFor: backupWaitSchema.nullable(),
  createdAt: z.string(),
})
export type Backup = z.infer<typeof backupSchema>

/** What opens a repository: its passphrase, or an age identity (`AGE-SECRET-KEY-1…`). */
export const backupKeySchema = z.object({
  passphrase: z.string().min(1).max(1000).optional(),
  identity: z.string().min(1).max(10_000).optional(),
})
export type BackupKey = z.infer<typeof backupKeySchema>

/** Makes a repository in an empty folder, or takes up the one that is there. */
export const newBackupSchema = backupKeySchema.extend({
  path: z.string().min(1),
  /** Makes a recovery key as a second way in; it is answered once and kept nowhere. */
  withRecoveryKey: z.boolean().default(false),
  /** Public keys (`age1…`) of people who may open it, by a short name. */
  recipients: z.record(z.string(), z.string()).default({}),
  isEnabled: z.boolean().default(true),
  withThumbnails: z.boolean().default(false),
})
export type NewBackup = z.input<typeof newBackupSchema>
export const newBackupAnswerSchema = z.object({ backup: backupSchema, recoveryKey: z.string().nullable() })
export type NewBackupAnswer = z.infer<typeof newBackupAnswerSchema>

/** What opens a backup, by the name of its file. `person`: somebody's own age key. */
export const backupWaySchema = z.object({ name: z.string(), kind: z.enum(['passphrase', 'recovery', 'person']) })
export type BackupWay = z.infer<typeof backupWaySchema>

const replaces = z.boolean().default(false)

/** Another way into a backup; `replaces` lets it take the place of the one of its name. */
export const newBackupWaySchema = z.discriminatedUnion('kind', [
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
export type NewBackupWay = z.input<typeof newBackupWaySchema>
export const newBackupWayAnswerSchema = z.object({ keys: z.array(backupWaySchema), recoveryKey: z.string().nullable() })
export type NewBackupWayAnswer = z.infer<typeof newBackupWayAnswerSchema>

export const backupEditSchema = z.object({
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
  passphrase: z.string().min(8).max(1000).optional(),
})
export type BackupEdit = z.input<typeof backupEditSchema>

/** What to run; a key only where the vault has none for it. */
export const runBackupSchema = backupKeySchema.extend({
  kind: backupRunKindSchema.default('create'),
  readData: z.boolean().optional(),
  sample: z.number().min(0).max(100).optional(),
})
export type RunBackup = z.input<typeof runBackupSchema>

export const snapshotListSchema = z.object({
  snapshots: z.array(
    z.object({
      snapshot: z.string(),
      id: idSchema,
      createdAt: z.string(),
      vaultName: z.string(),
      files: z.int(),
      bytes: z.number(),
      missing: z.int(),
    }),
  ),
  damaged: z.array(z.object({ snapshot: z.string(), problem: z.string() })),
})
export type SnapshotList = z.infer<typeof snapshotListSchema>

export const listSnapshotsSchema = backupKeySchema.extend({ path: z.string().min(1) })

/** Restores a whole vault into an empty folder, or `only` some photos and albums, by name or id, into any folder. */
export const startRestoreSchema = listSnapshotsSchema.extend({
  to: z.string().min(1),
  snapshot: z.string().optional(),
  only: z.array(z.string().min(1)).min(1).optional(),
})
export type StartRestore = z.input<typeof startRestoreSchema>

export const snapshotAlbumsSchema = z.object({
  albums: z.array(z.object({ id: z.string(), name: z.string(), files: z.int() })),
})
export type SnapshotAlbums = z.infer<typeof snapshotAlbumsSchema>

export const listSnapshotAlbumsSchema = listSnapshotsSchema.extend({ snapshot: z.string() })
export type ListSnapshotAlbums = z.input<typeof listSnapshotAlbumsSchema>

/** The one restore an engine runs; what it shows stays until the next begins. */
export const restoreStateSchema = z.object({
  status: z.enum(['none', 'running', 'done', 'failed', 'cancelled']),
  /** Whether what comes back is a vault that can be opened, and not some photos in a folder. */
  isVault: z.boolean(),
  to: z.string().nullable(),
  phase: z.string(),
  files: z.number(),
  totalFiles: z.number(),
  lost: z.array(z.object({ sha256: z.string(), filename: z.string() })),
  problem: z.string().nullable(),
})
export type RestoreState = z.infer<typeof restoreStateSchema>

/** Writes everything into one encrypted file: to a passphrase, or to keys (`age1…`, or those of an identity). */
export const newArchiveSchema = backupKeySchema.extend({
  path: z.string().min(1),
  recipients: z.array(z.string()).default([]),
})
export type NewArchive = z.input<typeof newArchiveSchema>

/** The one backup file an engine writes; what it shows stays until the next begins. */
export const archiveStateSchema = z.object({
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
})
export type ArchiveState = z.infer<typeof archiveStateSchema>
