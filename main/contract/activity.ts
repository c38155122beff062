import { z } from 'zod'
import { idSchema } from './media.ts'

/** One line of what was done: `imports.started`, `media.trashed`, `albums.created` … with what the action needs told. */
export const activityPageSchema = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      action: z.string(),
      objectType: z.string().nullable(),
      objectId: idSchema.nullable(),
      details: z.record(z.string(), z.unknown()),
      outcome: z.enum(['done', 'refused', 'failed']),
    }),
  ),
  next: z.int().nullable(),
})
export type ActivityPage = z.infer<typeof activityPageSchema>
