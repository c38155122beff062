import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { mediaEndpoints, thumbnailLengthBytes } from '../../contract/index.ts'
import { thumbnailPath } from '../files/index.ts'
import { pictureMimeType } from '../media/index.ts'
import { notFound } from './context.ts'
import type { On } from './mount.ts'

/**
 * Pictures lie in the folder of their owner, so the path itself keeps others out and the database is not asked sixty
 * times for one screen.
 */
export function thumbnailRoutes(on: On): void {
  on(mediaEndpoints.thumbnail, ({ caller: { vault, userId }, params: { id, size }, request }) =>
    sendPicture(join(vault.dir, thumbnailPath(userId, id, size)), request),
  )
  on(mediaEndpoints.thumbnails, async ({ caller: { vault, userId }, query: { ids, size } }) => {
    const paths = ids.map((id) => join(vault.dir, thumbnailPath(userId, id, size)))
    const headers = { 'content-type': 'application/octet-stream' }
    return new Response(Readable.toWeb(Readable.from(framed(paths))) as ReadableStream<Uint8Array>, { headers })
  })
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
    }
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
  } finally {
    await file.close()
  }
}
