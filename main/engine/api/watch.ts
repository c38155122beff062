import { createRoute, z } from '@hono/zod-openapi'
import { newWatchedFolderSchema, watchedFolderEditSchema, watchedFolderSchema } from '../../contract/index.ts'
import { addWatchedFolder, editWatchedFolder, listWatchedFolders, removeWatchedFolder } from '../watch/index.ts'
import type { Engine, OpenVault } from './port.ts'
import { callerOf, idParam, json, newPart, type ApiApp } from './context.ts'

export function watchRoutes(engine: Engine): ApiApp {
  const part = newPart()

  async function takeUp(vault: OpenVault, userId: string): Promise<void> {
    await vault.watching?.refresh()
    vault.bell.ring(userId)
  }

  part.openapi(
    createRoute({
      method: 'get',
      path: '/watched-folders',
      summary: 'Folders whose new files come in by themselves',
      responses: { 200: json(z.object({ folders: z.array(watchedFolderSchema) }), 'Watched folders by path.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ folders: await vault.database.read(userId, listWatchedFolders) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/watched-folders',
      summary: 'Watch a folder; what is in it is imported now',
      request: { body: { required: true, ...json(newWatchedFolderSchema, '') } },
      responses: { 201: json(watchedFolderSchema, 'The folder as it is watched.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const folder = await addWatchedFolder(
        { database: vault.database, vaultDir: vault.dir },
        userId,
        c.req.valid('json'),
      )
      await takeUp(vault, userId)
      return c.json(folder, 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: '/watched-folders/{id}',
      summary: 'Pause, go on, or change what is passed over',
      request: { params: idParam, body: { required: true, ...json(watchedFolderEditSchema, '') } },
      responses: { 200: json(watchedFolderSchema, 'The folder afterwards.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const edit = c.req.valid('json')
      const folder = await vault.database.write(userId, (tx) => editWatchedFolder(tx, userId, id, edit))
      await takeUp(vault, userId)
      return c.json(folder, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/watched-folders/{id}',
      summary: 'Stop watching; what was imported stays',
      request: { params: idParam },
      responses: { 204: { description: 'It is watched no more.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      await vault.database.write(userId, (tx) => removeWatchedFolder(tx, userId, c.req.valid('param').id))
      await takeUp(vault, userId)
      return c.body(null, 204)
    },
  )
  return part
}
