import { mediaEditEndpoints } from '../../contract/index.ts'
import {
  changeDates,
  changePlaces,
  markFavourites,
  setTag,
  tagNames,
  tagsOf,
  undoEdit,
  totalSize,
} from '../library/index.ts'
import { findMedia } from '../search/index.ts'
import { readAs, whole, writeAs } from './context.ts'
import type { On } from './mount.ts'

/** Finding many items, and changing what a person says of many at once. */
export function mediaEditRoutes(on: On): void {
  on(mediaEditEndpoints.search, ({ caller, query: { q, type, favourites, limit } }) =>
    readAs(caller, (tx) =>
      findMedia(tx, q, { limit, onlyFavourites: favourites, ...(type !== undefined && { type }) }),
    ),
  )
  on(mediaEditEndpoints.favourites, async ({ caller, body: { ids, isFavorite } }) => {
    const changed = await writeAs(caller, (tx, userId) => markFavourites(tx, userId, ids, isFavorite))
    return { changed: changed.length }
  })
  on(mediaEditEndpoints.totals, ({ caller, body }) => readAs(caller, (tx) => totalSize(tx, body.ids)))
  on(mediaEditEndpoints.tagNames, async ({ caller }) => whole(await readAs(caller, tagNames)))
  on(mediaEditEndpoints.setTag, async ({ caller, body: { ids, name, isTagged } }) => ({
    ids: [...(await writeAs(caller, (tx, userId) => setTag(tx, userId, ids, name, isTagged)))],
  }))
  on(mediaEditEndpoints.countTags, async ({ caller, body }) =>
    whole(await readAs(caller, (tx, userId) => tagsOf(tx, userId, body.ids))),
  )
  on(mediaEditEndpoints.changeDates, ({ caller, body: { ids, change } }) =>
    writeAs(caller, (tx, userId) => changeDates(tx, userId, ids, change)),
  )
  on(mediaEditEndpoints.changePlaces, ({ caller, body: { ids, place } }) =>
    writeAs(caller, (tx, userId) => changePlaces(tx, userId, ids, place)),
  )
  on(mediaEditEndpoints.undo, ({ caller, body }) => writeAs(caller, (tx, userId) => undoEdit(tx, userId, body.change)))
}
