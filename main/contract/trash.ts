import { z } from 'zod'
import { mediaIdsSchema } from './albums.ts'
import { tileSchema, wallTimeSchema } from './media.ts'

/** What lies in the trash, newest first. `purgeAt` is when it would be deleted for good. */
export const trashPageSchema = z.object({
  tiles: z.array(tileSchema.extend({ deletedAt: z.string(), purgeAt: z.string() })),
  next: z.string().nullable(),
  total: z.int(),
  bytes: z.number(),
})
export type TrashPage = z.infer<typeof trashPageSchema>

/** Whether many items are favourites, at once. */
export const favouritesSchema = mediaIdsSchema.extend({ isFavorite: z.boolean() })

/** How many of the items named there are, what their originals weigh, and when they were taken. */
export const mediaTotalsSchema = z.object({
  count: z.int(),
  bytes: z.number(),
  /** Wall times of the earliest and the latest of those that are dated. */
  from: wallTimeSchema.nullable(),
  to: wallTimeSchema.nullable(),
})
export type MediaTotals = z.infer<typeof mediaTotalsSchema>

/** How many objects a bulk action changed; the others were not there or were so already. */
export const changedSchema = z.object({ changed: z.int() })
