import { useMemo } from 'react'
import { useInfiniteQuery, useQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import {
  albumEndpoints,
  type Album,
  type AlbumEdit,
  type AlbumMove,
  type NewAlbum,
  type Tile,
  type TimelinePage,
} from '../../main/contract/index.ts'
import { locale } from '../messages/locale.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const albumsKey = queryKey('albums', ['albums', 'media', 'links'])

const tilesKey = (id: string) => [...albumsKey, 'tiles', id] as const
/** Album 2 comes before Album 10, in the order of the person's language. */
const names = new Intl.Collator(locale, { numeric: true })

/** Live albums by name, or those in the trash, the last trashed first. */
export function useAlbums(which: 'live' | 'trashed' = 'live') {
  return useQuery({
    queryKey: [...albumsKey, which],
    queryFn: async ({ signal }) => {
      const { items: albums } = await call(albumEndpoints.overview, { query: { trashed: which === 'trashed' } }, signal)
      return which === 'trashed' ? albums : albums.toSorted((one, other) => names.compare(one.name, other.name))
    },
  })
}

export function useAlbum(id: string) {
  return useQuery({
    queryKey: [...albumsKey, 'one', id],
    queryFn: ({ signal }) => call(albumEndpoints.read, { params: { id } }, signal),
  })
}

/** The photos of an album in its order, page by page. */
export function useAlbumTiles(id: string) {
  const found = useInfiniteQuery({
    queryKey: tilesKey(id),
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 1000, ...(pageParam !== null && { cursor: pageParam }) }
      await lastMove
      return call(albumEndpoints.tiles, { params: { id }, query }, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const tiles = useMemo((): readonly Tile[] => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data])
  return { ...found, tiles }
}

export function createAlbum(input: NewAlbum): Promise<Album> {
  return call(albumEndpoints.create, { body: input })
}

export function editAlbum(id: string, edit: AlbumEdit): Promise<Album> {
  return call(albumEndpoints.edit, { params: { id }, body: edit })
}

/** Moves an album to the trash; its photos stay. */
export async function trashAlbum(id: string): Promise<void> {
  await call(albumEndpoints.trash, { params: { id } })
}

export function restoreAlbum(id: string): Promise<Album> {
  return call(albumEndpoints.restore, { params: { id } })
}

/** Answers those of them that were not in the album yet. */
export async function addToAlbum(id: string, ids: readonly string[]): Promise<readonly string[]> {
  const query = { withIds: true }
  return (await call(albumEndpoints.add, { params: { id }, query, body: { ids: [...ids] } })).ids ?? []
}

/** Answers how many of them were in the album. The photos stay. */
export async function removeFromAlbum(id: string, ids: readonly string[]): Promise<number> {
  return (await call(albumEndpoints.remove, { params: { id }, body: { ids: [...ids] } })).changed
}

/** The last move that was asked for; an order fetched before it is done would put photos back for a moment. */
let lastMove: Promise<unknown> = Promise.resolve()

/** Puts photos before another one, or at the end; the album is then ordered by hand. */
export function moveInAlbum(id: string, move: AlbumMove): Promise<Album> {
  const moved = call(albumEndpoints.move, { params: { id }, body: move })
  lastMove = moved.catch(() => {})
  return moved
}

/** Shows photos where they are being moved to before the engine has done it, so that they do not jump back. */
export function showMoved(cache: QueryClient, id: string, { ids, before }: AlbumMove): void {
  void cache.cancelQueries({ queryKey: tilesKey(id) })
  cache.setQueryData<InfiniteData<TimelinePage, string | null>>(tilesKey(id), (shown) => {
    if (!shown) return shown
    const all = shown.pages.flatMap((page) => page.items)
    const moving = new Set(ids)
    const moved = ids.flatMap((each) => all.find((tile) => tile.id === each) ?? [])
    const rest = all.filter((tile) => !moving.has(tile.id))
    const found = rest.findIndex((tile) => tile.id === before)
    const at = found < 0 ? rest.length : found
    const order = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
    let start = 0
    const pages = shown.pages.map((page) => ({
      ...page,
      items: order.slice(start, (start += page.items.length)),
    }))
    return { ...shown, pages }
  })
}
