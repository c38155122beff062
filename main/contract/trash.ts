import { z } from 'zod'
import { mediaIdsSchema } from './albums.ts'
import { tileSchema } from './media.ts'

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

/** How many of the items named there are, and what their originals weigh. */
export const mediaTotalsSchema = z.object({ count: z.int(), bytes: z.number() })

/** How many objects a bulk action changed; the others were not there or were so already. */
export const changedSchema = z.object({ changed: z.int() })
