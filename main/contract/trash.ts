import { z } from 'zod'
import { changedSchema, mediaIdsSchema } from './albums.ts'
import { endpoint, pageOf, pageQuery } from './endpoint.ts'
import { idSchema, tileSchema, wallTimeSchema } from './media.ts'
import { offeredTypeSchema } from './objects.ts'

/** What lies in the trash, newest first. `purgeAt` is when it would be deleted for good. */
export const trashPageSchema = pageOf(tileSchema.extend({ deletedAt: z.string(), purgeAt: z.string() }))
  .extend({ total: z.int(), bytes: z.number() })
  .meta({ id: 'TrashPage' })
export type TrashPage = z.infer<typeof trashPageSchema>

/** What is in the trash besides photos, newest first; `total` counts all pages. */
export const trashedObjectsSchema = pageOf(
  z.object({
    type: offeredTypeSchema,
    id: idSchema,
    title: z.string().nullable(),
    deletedAt: z.string(),
    purgeAt: z.string(),
  }),
)
  .extend({ total: z.int() })
  .meta({ id: 'TrashedObjects' })
export type TrashedObjects = z.infer<typeof trashedObjectsSchema>

const objectRefsSchema = z
  .object({
    items: z
      .array(z.object({ type: offeredTypeSchema.exclude(['media']), id: idSchema }))
      .min(1)
      .max(10_000),
  })
  .meta({ id: 'ObjectRefs' })
export type ObjectRefs = z.infer<typeof objectRefsSchema>

/** Whether many items are favourites, at once. */
export const favouritesSchema = mediaIdsSchema.extend({ isFavorite: z.boolean() }).meta({ id: 'Favourites' })

/** How many of the items named there are, what the size of their originals, and when they were taken. */
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
    query: pageQuery({ default: 500, max: 2000 }),
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
  objects: endpoint({
    method: 'GET',
    path: '/trash/objects',
    access: 'person',
    summary: 'Everything but photos in the trash, last trashed first',
    query: pageQuery({ default: 100, max: 500 }),
    answer: trashedObjectsSchema,
  }),
  trashObjects: endpoint({
    method: 'POST',
    path: '/trash/objects',
    access: 'person',
    summary: 'Move objects of any type but photos to the trash',
    body: objectRefsSchema,
    answer: changedSchema,
  }),
  restoreObjects: endpoint({
    method: 'POST',
    path: '/trash/objects/restore',
    access: 'person',
    summary: 'Take objects of any type but photos out of the trash',
    body: objectRefsSchema,
    answer: changedSchema,
  }),
  purgeObjects: endpoint({
    method: 'POST',
    path: '/trash/objects/purge',
    access: 'person',
    summary: 'Delete objects of the trash permanently; others are never touched',
    body: objectRefsSchema,
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
    summary: 'Delete everything in the trash permanently, of every type',
    answer: changedSchema,
  }),
}
