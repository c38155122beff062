import { z } from 'zod'
import { endpoint, pageOf, pageQuery } from './endpoint.ts'
import { idSchema } from './media.ts'

/** One line of what was done: `imports.started`, `media.trashed`, `albums.created` … with what the action needs told. */
export const activityEntrySchema = z
  .object({
    id: z.int(),
    at: z.string(),
    action: z.string(),
    objectType: z.string().nullable(),
    objectId: idSchema.nullable(),
    details: z.record(z.string(), z.unknown()),
    outcome: z.enum(['done', 'refused', 'failed']),
  })
  .meta({ id: 'ActivityEntry' })
export type ActivityEntry = z.infer<typeof activityEntrySchema>
export const activityPageSchema = pageOf(activityEntrySchema).meta({ id: 'ActivityPage' })
export type ActivityPage = z.infer<typeof activityPageSchema>

export const activityEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/activity',
    access: 'person',
    summary: 'What was done, newest first',
    query: pageQuery({ default: 100, max: 1000 }).extend({
      nouns: z.array(z.string().max(50)).max(20).optional().describe('Only of these: imports, sessions, …'),
    }),
    answer: activityPageSchema,
  }),
}
