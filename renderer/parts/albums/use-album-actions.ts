import { useMemo } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { Album, AlbumEdit, AlbumMove, NewAlbum } from '../../../main/contract/index.ts'
import {
  addToAlbum,
  albumsKey,
  createAlbum,
  editAlbum,
  moveInAlbum,
  removeFromAlbum,
  restoreAlbum,
  showMoved,
  trashAlbum,
} from '../../engine/albums.ts'
import { sentenceOf } from '../../engine/client.ts'
import { say } from '../../words/say.ts'
import { notify } from '../notices.ts'

export type AlbumActions = ReturnType<typeof actionsOn>

/** What can be done with albums, each said afterwards and with the way back; a failure is said as well. */
export function useAlbumActions() {
  const cache = useQueryClient()
  return useMemo(() => actionsOn(cache), [cache])
}

function actionsOn(cache: QueryClient) {
  /** Null when it failed, which has been said then. */
  async function attempt<Done>(action: () => Promise<Done>): Promise<Done | null> {
    try {
      const done = await action()
      await cache.invalidateQueries({ queryKey: albumsKey })
      return done
    } catch (error) {
      notify(sentenceOf(error))
      return null
    }
  }

  async function create(wish: NewAlbum): Promise<Album | null> {
    const album = await attempt(() => createAlbum(wish))
    if (album) {
      const { name, mediaCount } = album
      const sentence =
        mediaCount > 0 ? say('albums.madeWith', { name, count: mediaCount }) : say('albums.made', { name })
      notify(sentence, { name: say('undo'), run: () => void attempt(() => trashAlbum(album.id)) })
    }
    return album
  }

  async function restore(album: Album): Promise<void> {
    if (await attempt(() => restoreAlbum(album.id))) notify(say('albums.restored', { name: album.name }))
  }

  async function remove(album: Album): Promise<boolean> {
    const isDone = await attempt(async () => {
      await trashAlbum(album.id)
      return true
    })
    if (isDone === null) return false
    notify(say('albums.deleted', { name: album.name }), { name: say('undo'), run: () => void restore(album) })
    return true
  }

  async function add(album: Album, ids: readonly string[]): Promise<boolean> {
    const added = await attempt(() => addToAlbum(album.id, ids))
    if (added === null) return false
    const { name } = album
    // Which of them were in it before is not told, so only a wholly new addition can be taken back.
    if (added === ids.length) {
      notify(say('albums.added', { count: added, name }), {
        name: say('undo'),
        run: () => void attempt(() => removeFromAlbum(album.id, ids)),
      })
    } else notify(say('albums.addedSome', { count: added, already: ids.length - added, name }))
    return true
  }

  /** `order` is how the album's photos stand now, for putting them back where they were. */
  async function takeOut(album: Album, ids: readonly string[], order: readonly string[]): Promise<boolean> {
    const removed = await attempt(() => removeFromAlbum(album.id, ids))
    if (removed === null) return false
    const putBack = async (): Promise<void> => {
      await addToAlbum(album.id, ids)
      if (album.sortOrder === 'manual') for (const move of movesBack(ids, order)) await moveInAlbum(album.id, move)
      if (album.isCoverChosen && album.coverMediaId !== null && ids.includes(album.coverMediaId))
        await editAlbum(album.id, { coverMediaId: album.coverMediaId })
    }
    notify(say('albums.takenOut', { count: removed, name: album.name }), {
      name: say('undo'),
      run: () => void attempt(putBack),
    })
    return true
  }

  async function chooseCover(album: Album, mediaId: string): Promise<void> {
    if (!(await attempt(() => editAlbum(album.id, { coverMediaId: mediaId })))) return
    const before = album.isCoverChosen ? album.coverMediaId : null
    notify(say('albums.coverChosen'), {
      name: say('undo'),
      run: () => void attempt(() => editAlbum(album.id, { coverMediaId: before })),
    })
  }

  return {
    create,
    restore,
    remove,
    add,
    takeOut,
    chooseCover,
    edit: (album: Album, edit: AlbumEdit) => attempt(() => editAlbum(album.id, edit)),
    move: (album: Album, move: AlbumMove) => {
      showMoved(cache, album.id, move)
      return attempt(() => moveInAlbum(album.id, move))
    },
  }
}

/** Each run of neighbours goes back before the photo that followed it, the last run first. */
function movesBack(ids: readonly string[], order: readonly string[]): readonly AlbumMove[] {
  const gone = new Set(ids)
  const moves: AlbumMove[] = []
  let run: string[] = []
  let before: string | null = null
  for (const id of order.toReversed()) {
    if (gone.has(id)) {
      run = [id, ...run]
      continue
    }
    if (run.length > 0) moves.push({ ids: run, before })
    run = []
    before = id
  }
  if (run.length > 0) moves.push({ ids: run, before })
  return moves
}
