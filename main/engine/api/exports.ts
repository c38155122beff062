import { createRoute, z } from '@hono/zod-openapi'
import { exportSchema, startExportSchema } from '../../contract/index.ts'
import { cancelExport, listExports, readExport, startExport } from '../export/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, type ApiApp } from './context.ts'

export function exportRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'post',
      path: '/exports',
      summary: 'Write everything out into a folder in open formats, or bring such a folder up to date',
      request: { body: { required: true, ...json(startExportSchema, '') } },
      responses: { 202: json(exportSchema, 'The export has been stored and begins.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const id = await startExport(vault.exports, userId, c.req.valid('json'))
      vault.jobs.wake()
      return c.json(await readExport(vault.exports, userId, id), 202)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/exports',
      summary: 'Exports, newest first',
      responses: { 200: json(z.object({ exports: z.array(exportSchema) }), 'Exports with live figures.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ exports: await listExports(vault.exports, userId) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/exports/{id}',
      summary: 'One export with live figures',
      request: { params: idParam },
      responses: { 200: json(exportSchema, 'The export.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json(await readExport(vault.exports, userId, c.req.valid('param').id), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/exports/{id}/cancel',
      summary: 'Stop an export; another one into the same folder goes on from there',
      request: { params: idParam },
      responses: { 200: json(exportSchema, 'The export afterwards.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      await cancelExport(vault.exports, userId, id)
      return c.json(await readExport(vault.exports, userId, id), 200)
    },
  )
  return part
}
