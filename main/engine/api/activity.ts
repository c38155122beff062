import { createRoute, z } from '@hono/zod-openapi'
import { activityPageSchema } from '../../contract/index.ts'
import { activity } from '../objects/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, type ApiApp } from './context.ts'

export function activityRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/activity',
      summary: 'What was done, newest first',
      request: {
        query: z.object({
          before: z.coerce.number().int().positive().optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          nouns: z.string().max(300).optional().openapi({ description: 'Comma-separated: imports,sessions,…' }),
        }),
      },
      responses: { 200: json(activityPageSchema, 'Lines of the audit log; `next` continues with older ones.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { before, limit, nouns } = c.req.valid('query')
      const page = await vault.database.read(userId, (tx) =>
        activity(tx, userId, {
          limit,
          ...(before !== undefined && { before }),
          ...(nouns !== undefined && { nouns: nouns.split(',') }),
        }),
      )
      return c.json(page, 200)
    },
  )
  return part
}
