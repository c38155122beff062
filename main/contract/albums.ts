import { z } from 'zod'
import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import { idSchema, timelinePageSchema } from './media.ts'

export const albumOrderSchema = z.enum(['date_asc', 'date_desc', 'manual'])
export type AlbumOrder = z.infer<typeof albumOrderSchema>

export const albumSchema = z
  .object({
    type: z.literal('album'),
    id: idSchema,
    name: z.string(),
    description: z.string().nullable(),
    /** What to show as cover: the chosen item, else the first one; null while the album is empty. */
    coverMediaId: idSchema.nullable(),
    /** A person chose the cover. */
    isCoverChosen: z.boolean(),
    sortOrder: albumOrderSchema,
    mediaCount: z.int(),
    /** The folder this album was made from on import. */
    sourceFolder: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    deletedAt: z.string().nullable(),
  })
  .meta({ id: 'Album' })
export type Album = z.infer<typeof albumSchema>

/** Nothing is shared yet, so nothing can be less than private. */
const visibilitySchema = z.literal('private')
/** Colour, icon and whatever else a program wants to remember of an album. */
const metadataSchema = z.record(z.string(), z.unknown())
const nameSchema = z.string().trim().min(1).max(200)
export const newAlbumSchema = z
  .object({
    name: nameSchema,
    description: z.string().max(10_000).nullish(),
    visibility: visibilitySchema.optional(),
    metadata: metadataSchema.optional(),
    mediaIds: z.array(idSchema).max(100_000).optional(),
  })
  .meta({ id: 'NewAlbum' })
export type NewAlbum = z.input<typeof newAlbumSchema>

/** Absent fields stay as they are; a null cover goes back to the first item. */
export const albumEditSchema = z
  .object({
    name: nameSchema.optional(),
    description: z.string().max(10_000).nullish(),
    coverMediaId: idSchema.nullish(),
    sortOrder: albumOrderSchema.optional(),
    visibility: visibilitySchema.optional(),
    metadata: metadataSchema.optional(),
  })
  .meta({ id: 'AlbumEdit' })
export type AlbumEdit = z.input<typeof albumEditSchema>

export const mediaIdsSchema = z.object({ ids: z.array(idSchema).min(1).max(100_000) }).meta({ id: 'MediaIds' })

/** How many objects a change of many at once changed; the others were not there or were so already. */
export const changedSchema = z.object({ changed: z.int() }).meta({ id: 'Changed' })

/** Puts items before another one of the album, or at the end when `before` is null; the album is then ordered by hand. */
export const albumMoveSchema = mediaIdsSchema.extend({ before: idSchema.nullable() }).meta({ id: 'AlbumMove' })
export type AlbumMove = z.input<typeof albumMoveSchema>

/** An album with the fields that every object has. */
export const wholeAlbumSchema = albumSchema.loose().meta({ id: 'WholeAlbum' })

const one = { access: 'person', path: '/albums/{id}', params: idParams } as const
const contents = { access: 'person', params: idParams } as const

/** What the log says of albums, besides what it says of every object. */
export const albumActions = ['albums.edited', 'albums.filled', 'albums.emptied', 'albums.ordered'] as const

/** Lists in any order, history, revert and links are those of every object. */
export const albumEndpoints = {
  overview: endpoint({
    method: 'GET',
    path: '/albums/overview',
    access: 'person',
    summary: 'All albums by name with their covers, or those in the trash',
    query: z.object({ trashed: z.boolean().default(false) }),
    answer: pageOf(albumSchema).meta({ id: 'AlbumOverview' }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/albums',
    access: 'person',
    summary: 'Make an album',
    body: newAlbumSchema,
    answer: wholeAlbumSchema,
    status: 201,
    isOnce: true,
  }),
  read: endpoint({ ...one, method: 'GET', summary: 'One album, trashed or not', answer: wholeAlbumSchema }),
  edit: endpoint({
    ...one,
    method: 'PATCH',
    summary: 'Rename, describe, choose the cover or the order',
    body: albumEditSchema,
    answer: wholeAlbumSchema,
    isVersioned: true,
  }),
  trash: endpoint({ ...one, method: 'DELETE', summary: 'Move an album to the trash; its photos stay' }),
  restore: endpoint({
    ...contents,
    method: 'POST',
    path: '/albums/{id}/restore',
    summary: 'Take an album out of the trash',
    answer: albumSchema,
  }),
  tiles: endpoint({
    ...contents,
    method: 'GET',
    path: '/albums/{id}/media',
    summary: 'A page of tiles in the order of the album',
    query: pageQuery({ default: 500, max: 2000 }),
    answer: timelinePageSchema,
  }),
  add: endpoint({
    ...contents,
    method: 'POST',
    path: '/albums/{id}/media',
    summary: 'Put items at the end of an album',
    body: mediaIdsSchema,
    /** Whether to say which were not in it before, so that just those can be taken out again. */
    query: z.object({ withIds: z.boolean().default(false) }),
    answer: changedSchema.extend({ ids: z.array(idSchema).optional() }).meta({ id: 'AddedToAlbum' }),
  }),
  remove: endpoint({
    ...contents,
    method: 'POST',
    path: '/albums/{id}/media/remove',
    summary: 'Take items out of an album; they stay',
    body: mediaIdsSchema,
    answer: changedSchema,
  }),
  move: endpoint({
    ...contents,
    method: 'POST',
    path: '/albums/{id}/media/move',
    summary: 'Order items by hand',
    body: albumMoveSchema,
    answer: albumSchema,
  }),
}
