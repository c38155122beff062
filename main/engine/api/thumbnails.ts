import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createRoute, z } from '@hono/zod-openapi'
import { mostThumbnailsAtOnce, thumbnailLengthBytes } from '../../contract/index.ts'
import { thumbnailPath } from '../files/index.ts'
import { pictureMimeType } from '../media/index.ts'
import { bytes, callerOf, idParam, newPart, notFound, type ApiApp } from './context.ts'
import type { Engine } from './port.ts'

const sizes = z.enum(['grid', 'viewer'])

/** Pictures lie in the folder of their owner, so the path itself keeps others out and the database is not asked. */
export function thumbnailRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/media/{id}/thumbnails/{size}',
      summary: 'The grid or viewer picture of an item',
      request: { params: idParam.extend({ size: sizes }) },
      responses: { 200: bytes('A JPEG or WebP picture; never changes for this id.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id, size } = c.req.valid('param')
      // Pictures lie in the folder of their owner, so the path itself keeps others out; the database is not asked
      // sixty times for one screen.
      const path = join(vault.dir, thumbnailPath(userId, id, size))
      return sendPicture(path, c.req.raw)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/thumbnails',
      summary: 'The grid or viewer pictures of many items in one answer',
      description:
        'For each id in turn: the length of its picture as 32 bits, big-endian, then its bytes. The length is 0 where there is no picture.',
      request: {
        query: z.object({
          size: sizes,
          ids: z
            .string()
            .transform((text) => text.split(','))
            .pipe(z.array(z.uuid()).max(mostThumbnailsAtOnce))
            .openapi({ type: 'string', description: `Up to ${mostThumbnailsAtOnce} ids, with commas between them.` }),
        }),
      },
      responses: { 200: bytes('Length and bytes of each picture, in the order of the ids.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { ids, size } = c.req.valid('query')
      const paths = ids.map((id) => join(vault.dir, thumbnailPath(userId, id, size)))
      const headers = { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' }
      return new Response(Readable.toWeb(Readable.from(framed(paths))) as ReadableStream<Uint8Array>, { headers })
    },
  )
  return part
}

/** One after the other, so that the first can be shown while the last is still being read. */
async function* framed(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  const none = new Uint8Array()
  const reading = paths.map((path) => readFile(path).catch(() => none))
  for (const picture of reading) {
    const body = await picture
    const frame = new Uint8Array(thumbnailLengthBytes + body.byteLength)
    new DataView(frame.buffer).setUint32(0, body.byteLength)
    frame.set(body, thumbnailLengthBytes)
    yield frame
  }
}

async function sendPicture(path: string, request: Request): Promise<Response> {
  const file = await open(path, 'r').catch(() => {
    throw notFound('picture')
  })
  try {
    const body = await file.readFile()
    const headers = {
      'content-type': pictureMimeType(body.subarray(0, 16)),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    }
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
  } finally {
    await file.close()
  }
}
