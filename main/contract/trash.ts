import { z } from 'zod'
import { tileSchema } from './media.ts'

/** What lies in the trash, newest first. `purgeAt` is when it would be deleted for good. */
export const trashPageSchema = z.object({
  tiles: z.array(tileSchema.extend({ deletedAt: z.string(), purgeAt: z.string() })),
  next: z.string().nullable(),
  total: z.int(),
  bytes: z.number(),
})
export type TrashPage = z.infer<typeof trashPageSchema>

/** How many objects a bulk action changed; the others were not there or were so already. */
export const changedSchema = z.object({ changed: z.int() })
