import { createRoute, z } from '@hono/zod-openapi'
import { daySchema, timelineDaysSchema, timelinePageSchema, timelineRowSchema } from '../../contract/index.ts'
import { timelineDays, timelineRows, timelineTiles } from '../library/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, type ApiApp } from './context.ts'

export function timelineRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/timeline/days',
      summary: 'How many media each day has, newest first, undated last',
      responses: { 200: json(timelineDaysSchema, 'Days by wall time.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json(await vault.database.read(userId, timelineDays), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/timeline/tiles',
      summary: 'A page of tiles in timeline order',
      request: {
        query: z.object({
          day: z.union([daySchema, z.literal('undated')]).optional(),
          after: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(2000).default(500),
        }),
      },
      responses: { 200: json(timelinePageSchema, 'Tiles; `next` continues the list.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { day, after, limit } = c.req.valid('query')
      const page = await vault.database.read(userId, (tx) =>
        timelineTiles(tx, { limit, ...(day !== undefined && { day }), ...(after !== undefined && { after }) }),
      )
      return c.json(page, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/timeline',
      summary: 'Media between two days with their dates, newest first',
      request: {
        query: z.object({
          from: daySchema.optional(),
          to: daySchema.optional(),
          limit: z.coerce.number().int().min(1).optional(),
        }),
      },
      responses: { 200: json(z.array(timelineRowSchema), 'Rows by wall time.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { from, to, limit } = c.req.valid('query')
      const rows = await vault.database.read(userId, (tx) =>
        timelineRows(tx, {
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(limit !== undefined && { limit }),
        }),
      )
      return c.json(rows, 200)
    },
  )
  return part
}
