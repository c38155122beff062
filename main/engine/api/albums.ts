import { createRoute, z } from '@hono/zod-openapi'
import {
  albumEditSchema,
  albumMoveSchema,
  albumPageSchema,
  albumSchema,
  anyObjectSchema,
  changedSchema,
  mediaIdsSchema,
  newAlbumSchema,
  type Album,
} from '../../contract/index.ts'
import {
  addToAlbum,
  albumTiles,
  createAlbum,
  deleteAlbum,
  listAlbums,
  moveInAlbum,
  readAlbum,
  removeFromAlbum,
  restoreAlbum,
  updateAlbum,
} from '../albums/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { holdObject, readObject } from '../objects/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, notFound, writeAsCaller, type ApiApp } from './context.ts'
import { ifMatchOf, onceHeader, onceOnly, stateOf, versionHeader } from './requests.ts'

/** An album under both its names: the app's, and those the object model gives every object. */
const wholeAlbumSchema = albumSchema.and(anyObjectSchema)

async function whole(tx: Reader, userId: string, album: Album) {
  const object = await readObject(tx, userId, 'album', album.id)
  if (!object) throw notFound('album')
  return { ...object, ...album }
}

export function albumRoutes(engine: Engine): ApiApp {
  const part = newPart()

  const write = <T>(request: Request, verb: (tx: Writer, userId: string) => Promise<T>): Promise<T> =>
    writeAsCaller(engine, request, verb)

  part.openapi(
    createRoute({
      method: 'get',
      path: '/albums/overview',
      summary: 'All albums by name with their covers, or those in the trash',
      request: { query: z.object({ trashed: z.enum(['true', 'false']).default('false') }) },
      responses: { 200: json(z.object({ albums: z.array(albumSchema) }), 'Albums with counts and covers.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const isTrashed = c.req.valid('query').trashed === 'true'
      return c.json({ albums: await vault.database.read(userId, (tx) => listAlbums(tx, { isTrashed })) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/albums',
      summary: 'Make an album',
      request: { headers: onceHeader, body: { required: true, ...json(newAlbumSchema, '') } },
      responses: { 201: json(wholeAlbumSchema, 'The new album.') },
    }),
    async (c) => {
      const wish = c.req.valid('json')
      const made = await write(c.req.raw, (tx, userId) =>
        onceOnly(tx, userId, c.req.raw, wish, async () => ({
          status: 201,
          body: await whole(tx, userId, await createAlbum(tx, userId, wish)),
        })),
      )
      return c.json(made.body, 201, stateOf(made.body))
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/albums/{id}',
      summary: 'One album',
      request: { params: idParam },
      responses: { 200: json(wholeAlbumSchema, 'The album, trashed or not.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const album = await vault.database.read(userId, async (tx) => {
        const found = await readAlbum(tx, c.req.valid('param').id)
        if (!found) throw notFound('album')
        return whole(tx, userId, found)
      })
      return c.json(album, 200, stateOf(album))
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: '/albums/{id}',
      summary: 'Rename, describe, choose the cover or the order',
      request: { params: idParam, headers: versionHeader, body: { required: true, ...json(albumEditSchema, '') } },
      responses: { 200: json(wholeAlbumSchema, 'The album afterwards.') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const edit = c.req.valid('json')
      const album = await write(c.req.raw, async (tx, userId) => {
        await holdObject(tx, userId, 'album', id, ifMatchOf(c.req.raw))
        return whole(tx, userId, await updateAlbum(tx, userId, id, edit))
      })
      return c.json(album, 200, stateOf(album))
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/albums/{id}',
      summary: 'Move an album to the trash; its photos stay',
      request: { params: idParam },
      responses: { 204: { description: 'It is in the trash.' } },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      await write(c.req.raw, (tx, userId) => deleteAlbum(tx, userId, id))
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/albums/{id}/restore',
      summary: 'Take an album out of the trash',
      request: { params: idParam },
      responses: { 200: json(albumSchema, 'The album, live again.') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await write(c.req.raw, (tx, userId) => restoreAlbum(tx, userId, id)), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/albums/{id}/media',
      summary: 'A page of tiles in the order of the album',
      request: {
        params: idParam,
        query: z.object({
          after: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(2000).default(500),
        }),
      },
      responses: { 200: json(albumPageSchema, 'Tiles; `next` continues the list.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { after, limit } = c.req.valid('query')
      const page = await vault.database.read(userId, async (tx) => {
        const album = await readAlbum(tx, c.req.valid('param').id)
        if (!album) throw notFound('album')
        return albumTiles(tx, album, { limit, ...(after !== undefined && { after }) })
      })
      return c.json(page, 200)
    },
  )
  const contents = [
    { path: '/albums/{id}/media', summary: 'Put items at the end of an album', verb: addToAlbum },
    { path: '/albums/{id}/media/remove', summary: 'Take items out of an album; they stay', verb: removeFromAlbum },
  ] as const
  for (const { path, summary, verb } of contents) {
    part.openapi(
      createRoute({
        method: 'post',
        path,
        summary,
        request: { params: idParam, body: { required: true, ...json(mediaIdsSchema, '') } },
        responses: { 200: json(changedSchema, 'How many it was new for.') },
      }),
      async (c) => {
        const { id } = idParam.parse(c.req.param())
        const { ids } = c.req.valid('json')
        return c.json({ changed: await write(c.req.raw, (tx, userId) => verb(tx, userId, id, ids)) }, 200)
      },
    )
  }
  part.openapi(
    createRoute({
      method: 'post',
      path: '/albums/{id}/media/move',
      summary: 'Order items by hand',
      request: { params: idParam, body: { required: true, ...json(albumMoveSchema, '') } },
      responses: { 200: json(albumSchema, 'The album, ordered by hand.') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const move = c.req.valid('json')
      return c.json(await write(c.req.raw, (tx, userId) => moveInAlbum(tx, userId, id, move)), 200)
    },
  )
  return part
}
