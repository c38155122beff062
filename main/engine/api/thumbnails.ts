import { Readable } from 'node:stream'
import { mediaEndpoints, thumbnailLengthBytes } from '../../contract/index.ts'
import { knownFolders, type KnownFolders } from '../base/inside.ts'
import { openKept, thumbnailPath } from '../files/index.ts'
import { pictureMimeType } from '../media/index.ts'
import { notFound } from './context.ts'
import type { On } from './mount.ts'
import type { OpenVault } from './port.ts'

/**
 * Pictures lie in the folder of their owner, so the path itself keeps others out and the database is not asked sixty
 * times for one screen.
 */
export function thumbnailRoutes(on: On): void {
  on(mediaEndpoints.thumbnail, ({ caller: { vault, userId }, params: { id, size }, request }) =>
    sendPicture(vault, thumbnailPath(userId, id, size), request),
  )
  on(mediaEndpoints.thumbnails, async ({ caller: { vault, userId }, query: { ids, size } }) => {
    const paths = ids.map((id) => thumbnailPath(userId, id, size))
    const headers = { 'content-type': 'application/octet-stream' }
    return new Response(Readable.toWeb(Readable.from(framed(vault, paths))) as ReadableStream<Uint8Array>, { headers })
  })
}

/** One after the other, so that the first can be shown while the last is still being read. */
async function* framed(vault: OpenVault, paths: readonly string[]): AsyncGenerator<Uint8Array> {
  const none = new Uint8Array()
  const reading = paths.map((path) => pictureAt(vault, path).catch(() => none))
  for (const picture of reading) {
    const body = await picture
    const frame = new Uint8Array(thumbnailLengthBytes + body.byteLength)
    new DataView(frame.buffer).setUint32(0, body.byteLength)
    frame.set(body, thumbnailLengthBytes)
    yield frame
  }
}

async function sendPicture(vault: OpenVault, path: string, request: Request): Promise<Response> {
  const body = await pictureAt(vault, path).catch(() => {
    throw notFound('picture')
  })
  const headers = {
    'content-type': pictureMimeType(body.subarray(0, 16)),
    'cache-control': 'private, max-age=31536000, immutable',
  }
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
}

/** What is known of the folders of each vault while it is open: there are 256 of pictures for each person. */
const folders = new WeakMap<OpenVault, KnownFolders>()

async function pictureAt(vault: OpenVault, path: string): Promise<Buffer> {
  const known = folders.get(vault) ?? knownFolders()
  folders.set(vault, known)
  await using file = await openKept(vault.dir, path, known)
  return await file.readFile()
}
