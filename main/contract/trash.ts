import { z } from 'zod'
import { changedSchema, mediaIdsSchema } from './albums.ts'
import { endpoint, pageOf, pageQuery } from './endpoint.ts'
import { tileSchema, wallTimeSchema } from './media.ts'

/** What lies in the trash, newest first. `purgeAt` is when it would be deleted for good. */
export const trashPageSchema = pageOf(tileSchema.extend({ deletedAt: z.string(), purgeAt: z.string() }))
  .extend({ total: z.int(), bytes: z.number() })
  .meta({ id: 'TrashPage' })
export type TrashPage = z.infer<typeof trashPageSchema>

/** Whether many items are favourites, at once. */
export const favouritesSchema = mediaIdsSchema.extend({ isFavorite: z.boolean() }).meta({ id: 'Favourites' })

/** How many of the items named there are, what their originals weigh, and when they were taken. */
export const mediaTotalsSchema = z
  .object({
    count: z.int(),
    bytes: z.number(),
    /** Wall times of the earliest and the latest of those that are dated. */
    from: wallTimeSchema.nullable(),
    to: wallTimeSchema.nullable(),
  })
  .meta({ id: 'MediaTotals' })
export type MediaTotals = z.infer<typeof mediaTotalsSchema>

export const trashEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/trash',
    access: 'person',
    summary: 'Items in the trash, last trashed first, with the day they are deleted for good',
    query: pageQuery({ usual: 500, most: 2000 }),
    answer: trashPageSchema,
  }),
  trash: endpoint({
    method: 'POST',
    path: '/media/trash',
    access: 'person',
    summary: 'Move items to the trash',
    body: mediaIdsSchema,
    answer: changedSchema,
  }),
  restore: endpoint({
    method: 'POST',
    path: '/media/restore',
    access: 'person',
    summary: 'Take items out of the trash, back into their albums',
    body: mediaIdsSchema,
    answer: changedSchema,
  }),
  purge: endpoint({
    method: 'POST',
    path: '/trash/purge',
    access: 'person',
    summary: 'Delete items of the trash permanently; others are never touched',
    body: mediaIdsSchema,
    answer: changedSchema,
  }),
  empty: endpoint({
    method: 'DELETE',
    path: '/trash',
    access: 'person',
    summary: 'Delete everything in the trash permanently',
    answer: changedSchema,
  }),
}
