import { createRoute, z } from '@hono/zod-openapi'
import { townNearSchema, townsSchema } from '../../contract/index.ts'
import { findTowns, townNear } from '../places/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, type ApiApp } from './context.ts'

/** Towns by name and names by place, from a list that comes with the program. */
export function placeRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/places',
      summary: 'Towns whose name begins so, the largest first; a country or state may follow a comma',
      request: {
        query: z.object({ q: z.string().max(200), limit: z.coerce.number().int().min(1).max(50).default(8) }),
      },
      responses: { 200: json(townsSchema, 'The towns.') },
    }),
    async (c) => {
      await callerOf(engine, c.req.raw)
      const { q, limit } = c.req.valid('query')
      return c.json({ towns: await findTowns(q, limit) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/places/near',
      summary: 'The town next to a place',
      request: {
        query: z.object({
          latitude: z.coerce.number().min(-90).max(90),
          longitude: z.coerce.number().min(-180).max(180),
        }),
      },
      responses: { 200: json(townNearSchema, 'The town; null where none is near.') },
    }),
    async (c) => {
      await callerOf(engine, c.req.raw)
      const { latitude, longitude } = c.req.valid('query')
      return c.json({ town: await townNear(latitude, longitude) }, 200)
    },
  )
  return part
}
