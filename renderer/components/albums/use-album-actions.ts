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
} from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { t } from '../../messages/translate.ts'
import { notify } from '../notices.ts'
import { notifyDone, remember, taking, type Back } from '../undo.ts'

export type AlbumActions = ReturnType<typeof actionsOn>

/** What can be done with albums, each said afterwards and with the way back; a failure is said as well. */
export function useAlbumActions() {
  const cache = useQueryClient()
  return useMemo(() => actionsOn(cache), [cache])
}

function actionsOn(cache: QueryClient) {
  /** An act on albums, after which everything that shows them asks again. */
  const acting =
    <Done>(act: () => Promise<Done>) =>
    async (): Promise<Done> => {
      const done = await act()
      await cache.invalidateQueries({ queryKey: albumsKey })
      return done
    }

  /** Null when it failed, which has been said then. */
  async function attempt<Done>(act: () => Promise<Done>): Promise<Done | null> {
    try {
      return await acting(act)()
    } catch (error) {
      notify(sentenceOf(error))
      return null
    }
  }

  const trashing = (id: string) => acting(() => trashAlbum(id))
  const restoring = (id: string) => acting(() => restoreAlbum(id))

  async function create(input: NewAlbum): Promise<Album | null> {
    const album = await attempt(() => createAlbum(input))
    if (album) {
      const { id, name, mediaCount } = album
      const sentence = mediaCount > 0 ? t('albums.madeWith', { name, count: mediaCount }) : t('albums.made', { name })
      notifyDone(sentence, t('albums.new'), taking(trashing(id), restoring(id)))
    }
    return album
  }

  async function restore({ id, name }: Album): Promise<void> {
    if (!(await attempt(() => restoreAlbum(id)))) return
    notifyDone(t('albums.restored', { name }), t('trash.restore'), taking(trashing(id), restoring(id)))
  }

  async function remove({ id, name }: Album): Promise<boolean> {
    const isDone = await attempt(async () => {
      await trashAlbum(id)
      return true
    })
    if (isDone === null) return false
    notifyDone(t('albums.deleted', { name }), t('albums.delete'), bringingBack(id, name))
    return true
  }

  function bringingBack(id: string, name: string): Back {
    return async () => {
      await restoring(id)()
      return {
        sentence: t('albums.restored', { name }),
        again: async () => {
          await trashing(id)()
          return { sentence: t('albums.deleted', { name }), again: bringingBack(id, name) }
        },
      }
    }
  }

  async function add({ id, name }: Album, ids: readonly string[]): Promise<boolean> {
    const added = await attempt(() => addToAlbum(id, ids))
    if (added === null) return false
    const already = ids.length - added.length
    const sentence =
      already === 0
        ? t('albums.added', { count: added.length, name })
        : t('albums.addedSome', { count: added.length, already, name })
    if (added.length === 0) notify(sentence)
    else {
      const out = acting(() => removeFromAlbum(id, added))
      const into = acting(() => addToAlbum(id, added))
      notifyDone(sentence, t('albums.add'), taking(out, into))
    }
    return true
  }

  /** `order` is how the album’s photos stand now, for putting them back where they were. */
  async function takeOut(album: Album, ids: readonly string[], order: readonly string[]): Promise<boolean> {
    const out = (): Promise<number> => removeFromAlbum(album.id, ids)
    const removed = await attempt(out)
    if (removed === null) return false
    const putBack = async (): Promise<void> => {
      await addToAlbum(album.id, ids)
      if (album.sortOrder === 'manual') for (const move of movesBack(ids, order)) await moveInAlbum(album.id, move)
      if (album.isCoverChosen && album.coverMediaId !== null && ids.includes(album.coverMediaId))
        await editAlbum(album.id, { coverMediaId: album.coverMediaId })
    }
    const sentence = t('albums.takenOut', { count: removed, name: album.name })
    notifyDone(sentence, t('albums.takeOut'), taking(acting(putBack), acting(out)))
    return true
  }

  async function chooseCover(album: Album, mediaId: string): Promise<void> {
    const before = album.isCoverChosen ? album.coverMediaId : null
    const cover = (id: string | null) => acting(() => editAlbum(album.id, { coverMediaId: id }))
    if (!(await attempt(cover(mediaId)))) return
    notifyDone(t('albums.coverChosen'), t('albums.useAsCover'), taking(cover(before), cover(mediaId)))
  }

  /** Name, description or order. What is plain to see is not said. */
  async function edit(album: Album, change: AlbumEdit): Promise<Album | null> {
    const { name, description, sortOrder } = album
    const before: AlbumEdit = {
      ...(change.name !== undefined && { name }),
      ...(change.description !== undefined && { description }),
      ...(change.sortOrder !== undefined && { sortOrder }),
    }
    const set = (to: AlbumEdit) => acting(() => editAlbum(album.id, to))
    const edited = await attempt(set(change))
    const what = t(change.sortOrder === undefined ? 'albums.editTitle' : 'albums.order')
    if (edited) remember(what, taking(set(before), set(change)))
    return edited
  }

  /** `order` is how the album’s photos stand before it. */
  async function move(album: Album, input: AlbumMove, order: readonly string[]): Promise<Album | null> {
    showMoved(cache, album.id, input)
    const moved = await attempt(() => moveInAlbum(album.id, input))
    const back = async (): Promise<void> => {
      for (const each of movesBack(input.ids, order)) await moveInAlbum(album.id, each)
    }
    const forth = (): Promise<Album> => moveInAlbum(album.id, input)
    if (moved) remember(t('albums.order'), taking(acting(back), acting(forth)))
    return moved
  }

  return { create, restore, remove, add, takeOut, chooseCover, edit, move }
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
