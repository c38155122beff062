import { albumEndpoints, type Album, type AnyObject } from '../../contract/index.ts'
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
import type { Reader } from '../database/index.ts'
import { lockForUpdate, readObject } from '../objects/index.ts'
import { notFound, readAs, whole, writeAs } from './context.ts'
import type { On } from './mount.ts'
import { ifMatchOf, onceOnly } from './requests.ts'

/** An album with what the object model says of every object. Throws `not-found`. */
async function wholeAlbum(tx: Reader, userId: string, id: string): Promise<Album & AnyObject> {
  const [album, object] = [await readAlbum(tx, id), await readObject(tx, userId, 'album', id)]
  if (!album || !object) throw notFound('album')
  return { ...object, ...album }
}

export function albumRoutes(on: On): void {
  on(albumEndpoints.overview, async ({ caller, query }) =>
    whole(await readAs(caller, (tx) => listAlbums(tx, { isTrashed: query.trashed }))),
  )
  on(albumEndpoints.create, async ({ caller, body, request }) => {
    const made = await writeAs(caller, (tx, userId) =>
      onceOnly(tx, userId, request, body, async () => ({
        status: 201,
        body: await wholeAlbum(tx, userId, (await createAlbum(tx, userId, body)).id),
      })),
    )
    return made.body
  })
  on(albumEndpoints.read, ({ caller, params }) => readAs(caller, (tx, userId) => wholeAlbum(tx, userId, params.id)))
  on(albumEndpoints.edit, ({ caller, params, body, request }) =>
    writeAs(caller, async (tx, userId) => {
      await lockForUpdate(tx, userId, 'album', params.id, ifMatchOf(request))
      await updateAlbum(tx, userId, params.id, body)
      return wholeAlbum(tx, userId, params.id)
    }),
  )
  on(albumEndpoints.trash, ({ caller, params }) =>
    writeAs(caller, async (tx, userId) => {
      await deleteAlbum(tx, userId, params.id)
    }),
  )
  on(albumEndpoints.restore, ({ caller, params }) =>
    writeAs(caller, (tx, userId) => restoreAlbum(tx, userId, params.id)),
  )
  on(albumEndpoints.tiles, ({ caller, params, query }) =>
    readAs(caller, async (tx) => {
      const album = await readAlbum(tx, params.id)
      if (!album) throw notFound('album')
      return albumTiles(tx, album, query)
    }),
  )
  on(albumEndpoints.add, async ({ caller, params, query, body }) => {
    const ids = await writeAs(caller, (tx, userId) => addToAlbum(tx, userId, params.id, body.ids))
    return { changed: ids.length, ...(query.withIds && { ids: [...ids] }) }
  })
  on(albumEndpoints.remove, async ({ caller, params, body }) => ({
    changed: await writeAs(caller, (tx, userId) => removeFromAlbum(tx, userId, params.id, body.ids)),
  }))
  on(albumEndpoints.move, ({ caller, params, body }) =>
    writeAs(caller, (tx, userId) => moveInAlbum(tx, userId, params.id, body)),
  )
}
