import { z } from 'zod'
import { endpoint, pageOf, pageQuery } from './endpoint.ts'
import { daySchema, idSchema } from './media.ts'
import { objectTypeSchema } from './objects.ts'

export const timelineEntrySchema = z
  .object({
    type: objectTypeSchema,
    id: idSchema,
    title: z.string().nullable(),
    /** On the wall clock where it happened: `2026-02-03T12:34:56.789`. */
    localAt: z.string(),
    /** The instant; null where only the wall clock is known. */
    at: z.iso.datetime({ offset: true }).nullable(),
    /** Of that clock; null is unknown, `localAt` is then in UTC, or as a camera had it. */
    utcOffsetMinutes: z.int().nullable(),
    /** How far the date is known when its clock time is not. */
    datePrecision: z.enum(['year', 'month', 'day']).nullable(),
    /** 0 is folded first: mail of machines. */
    weight: z.number(),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const timelineEntryPageSchema = pageOf(timelineEntrySchema).meta({ id: 'TimelineEntryPage' })
export type TimelineEntryPage = z.infer<typeof timelineEntryPageSchema>

export const timelineEntryEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/timeline/entries',
    access: 'person',
    summary: 'Everything that happened, photos with the rest, by wall time, newest first',
    query: pageQuery({ default: 500, max: 2000 }).extend({
      from: daySchema.optional(),
      to: daySchema.optional(),
      types: z.array(objectTypeSchema).optional(),
    }),
    answer: timelineEntryPageSchema,
  }),
}
