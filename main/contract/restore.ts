import { z } from 'zod'
import { backupKeySchema, snapshotListSchema } from './backups.ts'
import { endpoint, pageOf } from './endpoint.ts'
import { errorCodeSchema } from './errors.ts'

export const listSnapshotsSchema = backupKeySchema.extend({ path: z.string().min(1) }).meta({ id: 'ListSnapshots' })

/** Restores a whole vault into an empty folder, or `only` some photos and albums, by name or id, into any folder. */
export const startRestoreSchema = listSnapshotsSchema
  .extend({
    to: z.string().min(1),
    snapshot: z.string().optional(),
    only: z.array(z.string().min(1)).min(1).optional(),
  })
  .meta({ id: 'StartRestore' })
export type StartRestore = z.input<typeof startRestoreSchema>

export const snapshotAlbumsSchema = pageOf(z.object({ id: z.string(), name: z.string(), files: z.int() })).meta({
  id: 'SnapshotAlbums',
})
export type SnapshotAlbums = z.infer<typeof snapshotAlbumsSchema>

export const listSnapshotAlbumsSchema = listSnapshotsSchema
  .extend({ snapshot: z.string() })
  .meta({ id: 'ListSnapshotAlbums' })
export type ListSnapshotAlbums = z.input<typeof listSnapshotAlbumsSchema>

/** The one restore an engine runs; what it shows stays until the next begins. */
export const restoreStateSchema = z
  .object({
    status: z.enum(['none', 'running', 'done', 'failed', 'cancelled']),
    /** Whether what comes back is a vault that can be opened, and not some photos in a folder. */
    isVault: z.boolean(),
    to: z.string().nullable(),
    phase: z.string(),
    files: z.number(),
    totalFiles: z.number(),
    lost: z.array(z.object({ sha256: z.string(), filename: z.string() })),
    problem: z.string().nullable(),
    problemCode: errorCodeSchema.nullable(),
  })
  .meta({ id: 'RestoreState' })
export type RestoreState = z.infer<typeof restoreStateSchema>

const restoring = { access: 'admin', withoutVault: true } as const

/** Restoring needs no vault: it is how a first start on another computer begins. */
export const restoreEndpoints = {
  snapshots: endpoint({
    ...restoring,
    method: 'POST',
    path: '/restore/snapshots',
    summary: 'What a repository holds, newest first',
    body: listSnapshotsSchema,
    answer: snapshotListSchema,
  }),
  albums: endpoint({
    ...restoring,
    method: 'POST',
    path: '/restore/albums',
    summary: 'The albums of one snapshot by name, with the files each would bring back',
    body: listSnapshotAlbumsSchema,
    answer: snapshotAlbumsSchema,
  }),
  start: endpoint({
    ...restoring,
    method: 'POST',
    path: '/restore',
    summary: 'Restore a whole vault into an empty folder, or some photos and albums into any',
    body: startRestoreSchema,
    answer: restoreStateSchema,
    status: 202,
  }),
  state: endpoint({
    ...restoring,
    method: 'GET',
    path: '/restore',
    summary: 'How far the restore is',
    answer: restoreStateSchema,
  }),
  cancel: endpoint({
    ...restoring,
    method: 'POST',
    path: '/restore/cancel',
    summary: 'Stop the restore; the half-filled folder can be restored into again',
    answer: restoreStateSchema,
  }),
}
