import { z } from 'zod'
import { endpoint, idParams, pageOf } from './endpoint.ts'
import { idSchema } from './media.ts'
import { reasonSchema } from './reasons.ts'

export const watchStatusSchema = z.enum(['active', 'paused', 'missing'])

/** A folder whose new files come in by themselves. `missing`: its drive is gone; nothing is trashed for that. */
export const watchedFolderSchema = z
  .object({
    id: idSchema,
    path: z.string(),
    reference: z.boolean(),
    albumPerFolder: z.boolean(),
    /** Names to pass over, as glob patterns relative to the folder. */
    ignore: z.array(z.string()),
    status: watchStatusSchema,
    problem: reasonSchema.nullable(),
    /** Files of it handed to imports so far. */
    files: z.int(),
    lastScanAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'WatchedFolder' })
export type WatchedFolder = z.infer<typeof watchedFolderSchema>

const ignoreSchema = z.array(z.string().min(1).max(500)).max(200)
export const newWatchedFolderSchema = z
  .object({
    path: z.string().min(1),
    reference: z.boolean().default(false),
    albumPerFolder: z.boolean().default(false),
    ignore: ignoreSchema.default([]),
  })
  .meta({ id: 'NewWatchedFolder' })
export type NewWatchedFolder = z.input<typeof newWatchedFolderSchema>

export const watchedFolderEditSchema = z
  .object({
    status: z.enum(['active', 'paused']).optional(),
    albumPerFolder: z.boolean().optional(),
    ignore: ignoreSchema.optional(),
  })
  .meta({ id: 'WatchedFolderEdit' })
export type WatchedFolderEdit = z.input<typeof watchedFolderEditSchema>

const one = { access: 'person', path: '/watched-folders/{id}', params: idParams } as const

export const watchActions = [
  'watched-folders.added',
  'watched-folders.changed',
  'watched-folders.paused',
  'watched-folders.resumed',
  'watched-folders.removed',
] as const

export const watchEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/watched-folders',
    access: 'person',
    summary: 'Folders whose new files come in by themselves, by path',
    answer: pageOf(watchedFolderSchema).meta({ id: 'WatchedFolders' }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/watched-folders',
    access: 'person',
    summary: 'Watch a folder; what is in it is imported now',
    body: newWatchedFolderSchema,
    answer: watchedFolderSchema,
    status: 201,
  }),
  edit: endpoint({
    ...one,
    method: 'PATCH',
    summary: 'Pause, resume, or change what is ignored',
    body: watchedFolderEditSchema,
    answer: watchedFolderSchema,
  }),
  remove: endpoint({ ...one, method: 'DELETE', summary: 'Stop watching; what was imported stays' }),
}
