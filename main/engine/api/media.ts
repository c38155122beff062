import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import {
  anyObjectSchema,
  changedSchema,
  favouritesSchema,
  mediaEditSchema,
  mediaIdsSchema,
  mediaSchema,
  mediaTotalsSchema,
  type Media,
} from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader } from '../database/index.ts'
import { editMedia, markFavourites, readMedia, storedBytes, weigh } from '../library/index.ts'
import { holdObject, readObject, restore, trash } from '../objects/index.ts'
import type { Engine } from './port.ts'
import { bytes, callerOf, idParam, json, newPart, notFound, writeAsCaller, type ApiApp } from './context.ts'
import { ifMatchOf, stateOf, versionHeader } from './requests.ts'

/** An item under both its names: the app's, and those the object model gives every object. */
const wholeMediaSchema = mediaSchema.and(anyObjectSchema)

async function whole(tx: Reader, userId: string, media: Media) {
  const object = await readObject(tx, userId, 'media', media.id)
  if (!object) throw notFound('item')
  return { ...object, ...media }
}

export function mediaRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/media/{id}',
      summary: 'One media item with metadata, provenance and links',
      request: { params: idParam },
      responses: { 200: json(wholeMediaSchema, 'The item, trashed or not.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const media = await vault.database.read(userId, async (tx) => {
        const found = await readMedia(tx, c.req.valid('param').id)
        if (!found) throw notFound('item')
        return whole(tx, userId, found)
      })
      return c.json(media, 200, stateOf(media))
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: '/media/{id}',
      summary: 'Change the caption, rating, favourite mark or date of an item',
      request: { params: idParam, headers: versionHeader, body: { required: true, ...json(mediaEditSchema, '') } },
      responses: { 200: json(wholeMediaSchema, 'The item afterwards.') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const edit = c.req.valid('json')
      const media = await writeAsCaller(engine, c.req.raw, async (tx, userId) => {
        await holdObject(tx, userId, 'media', id, ifMatchOf(c.req.raw))
        return whole(tx, userId, await editMedia(tx, userId, id, edit))
      })
      return c.json(media, 200, stateOf(media))
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/favourites',
      summary: 'Mark items as favourites, or no longer',
      request: { body: { required: true, ...json(favouritesSchema, '') } },
      responses: { 200: json(changedSchema, 'How many were changed.') },
    }),
    async (c) => {
      const { ids, isFavorite } = c.req.valid('json')
      const changed = await writeAsCaller(engine, c.req.raw, (tx, userId) =>
        markFavourites(tx, userId, ids, isFavorite),
      )
      return c.json({ changed: changed.length }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/totals',
      summary: 'How many of these items there are, what their originals weigh, and when they were taken',
      request: { body: { required: true, ...json(mediaIdsSchema, '') } },
      responses: { 200: json(mediaTotalsSchema, 'The sums.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json(await vault.database.read(userId, (tx) => weigh(tx, c.req.valid('json').ids)), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/media/{id}',
      summary: 'Move an item to the trash',
      request: { params: idParam },
      responses: { 204: { description: 'It is in the trash.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const ids = [c.req.valid('param').id]
      const moved = await vault.database.write(userId, (tx) => trash(tx, userId, 'media', ids))
      if (moved.length === 0) throw notFound('item')
      vault.bell.ring(userId)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/{id}/restore',
      summary: 'Take an item out of the trash',
      request: { params: idParam },
      responses: { 200: json(mediaSchema, 'The item, live again.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const media = await vault.database.write(userId, async (tx) => {
        const back = await restore(tx, userId, 'media', [id])
        const found = await readMedia(tx, id)
        if (found && back.length === 0 && found.deletedAt !== null) {
          throw new CofferError('The same picture is in the library already, so this one stays in the trash.', {
            code: 'conflict',
          })
        }
        return found
      })
      if (!media) throw notFound('item')
      vault.bell.ring(userId)
      return c.json(media, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/media/{id}/original',
      summary: 'The bytes as they came; supports Range',
      request: { params: idParam },
      responses: { 200: bytes('The whole file.'), 206: bytes('The part asked for.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const stored = await vault.database.read(userId, (tx) => storedBytes(tx, c.req.valid('param').id))
      if (!stored) throw notFound('item')
      const path = isAbsolute(stored.filePath) ? stored.filePath : join(vault.dir, stored.filePath)
      return sendOriginal(path, stored, c.req.raw)
    },
  )
  return part
}

async function sendOriginal(
  path: string,
  stored: { readonly mimeType: string; readonly filename: string; readonly hash: string },
  request: Request,
): Promise<Response> {
  const facts = await stat(path).catch(() => null)
  if (!facts) {
    throw new CofferError('The original is not where it was kept. Is its drive connected?', {
      code: 'file-missing',
      retry: 'later',
    })
  }
  const etag = `"${stored.hash}"`
  const headers = new Headers({
    'content-type': stored.mimeType,
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    // An SVG or HTML-like original must never run as a page of ours.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(stored.filename)}`,
  })
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const range = rangeOf(request.headers.get('range'), facts.size)
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${facts.size}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = range ?? { start: 0, end: facts.size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (range) headers.set('content-range', `bytes ${start}-${end}/${facts.size}`)
  const body =
    facts.size === 0 ? null : (Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array>)
  return new Response(body, { status: range ? 206 : 200, headers })
}

/** A single byte range (RFC 9110 §14.2); anything else is answered whole, as the RFC allows. */
function rangeOf(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
