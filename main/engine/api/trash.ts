import { createRoute, z } from '@hono/zod-openapi'
import { changedSchema, mediaIdsSchema, trashPageSchema } from '../../contract/index.ts'
import { purgeTrash, trashPage } from '../library/index.ts'
import { restore, trash } from '../objects/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, writeAsCaller, type ApiApp } from './context.ts'

const bulk = [
  { path: '/media/trash', summary: 'Move items to the trash', verb: trash },
  { path: '/media/restore', summary: 'Take items out of the trash, back into their albums', verb: restore },
] as const

export function trashRoutes(engine: Engine): ApiApp {
  const part = newPart()
  for (const { path, summary, verb } of bulk) {
    part.openapi(
      createRoute({
        method: 'post',
        path,
        summary,
        request: { body: { required: true, ...json(mediaIdsSchema, '') } },
        responses: { 200: json(changedSchema, 'How many were changed.') },
      }),
      async (c) => {
        const { ids } = c.req.valid('json')
        const moved = await writeAsCaller(engine, c.req.raw, (tx, userId) => verb(tx, userId, 'media', ids))
        return c.json({ changed: moved.length }, 200)
      },
    )
  }
  part.openapi(
    createRoute({
      method: 'get',
      path: '/trash',
      summary: 'Items in the trash, last trashed first',
      request: {
        query: z.object({
          after: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(2000).default(500),
        }),
      },
      responses: { 200: json(trashPageSchema, 'Tiles with the day they are deleted for good.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { after, limit } = c.req.valid('query')
      const page = await vault.database.read(userId, (tx) =>
        trashPage(tx, { limit, ...(after !== undefined && { after }) }),
      )
      return c.json(page, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/trash/purge',
      summary: 'Delete items of the trash for good; live ones are never touched',
      request: { body: { required: true, ...json(mediaIdsSchema, '') } },
      responses: { 200: json(changedSchema, 'How many were deleted.') },
    }),
    async (c) => c.json({ changed: await purge(c.req.raw, c.req.valid('json').ids) }, 200),
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/trash',
      summary: 'Delete everything in the trash for good',
      responses: { 200: json(changedSchema, 'How many were deleted.') },
    }),
    async (c) => c.json({ changed: await purge(c.req.raw, null) }, 200),
  )

  async function purge(request: Request, ids: readonly string[] | null): Promise<number> {
    const { vault, userId } = await callerOf(engine, request)
    const changed = await purgeTrash(vault.database, userId, { ids })
    vault.jobs.wake()
    vault.bell.ring(userId)
    return changed
  }
  return part
}
