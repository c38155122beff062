import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { mediaEndpoints, postEndpoints, type Media } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'
import { feedQuery, type PostFilters } from './post-filters.ts'
import type { PhotoSequence } from './sequence.ts'
import type { PlacedTile } from './timeline.ts'
import { useDebounced } from './use-debounced.ts'

export const postsKey = queryKey('posts', ['posts', 'integrations'])

const calmMs = 200
const pageSize = 100

/** Posts of all services that fit the filters, the newest first, page by page; what was found before stays while one types. */
export function usePostFeed(filters: PostFilters) {
  const words = useDebounced(filters.words.trim(), calmMs)
  const query = feedQuery({ ...filters, words })
  const found = useInfiniteQuery({
    queryKey: [...postsKey, 'feed', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        postEndpoints.feed,
        { query: { ...query, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
  /** What is shown is not yet what is asked for. */
  return { ...found, isBehind: words !== filters.words.trim() || found.isPlaceholderData }
}

/** How many posts there are of each account and type. */
export function usePostCounts() {
  return useQuery({
    queryKey: [...postsKey, 'counts'],
    queryFn: ({ signal }) => call(postEndpoints.counts, {}, signal),
  })
}

/** One post with its versions and its figures over time. */
export function usePost(id: string) {
  return useQuery({
    queryKey: [...postsKey, 'one', id],
    queryFn: ({ signal }) => call(postEndpoints.detail, { params: { id } }, signal),
  })
}

/** The pictures of one post, as the viewer walks them. */
export function sequenceOf(ids: readonly string[]): PhotoSequence {
  return {
    async beside({ id }, step) {
      const at = ids.indexOf(id)
      const next = at < 0 ? undefined : ids[at + step]
      return next === undefined ? null : placed(await call(mediaEndpoints.read, { params: { id: next } }))
    },
  }
}

function placed(media: Media): PlacedTile {
  const { id, takenLocal, takenPrecision, width, height, thumbHash, mediaType, durationSeconds } = media
  const { hasThumbnail, filename, isFavorite } = media
  return {
    day: '',
    tile: {
      id,
      takenLocal,
      takenPrecision,
      width,
      height,
      thumbHash,
      mediaType,
      durationSeconds,
      hasThumbnail,
      filename,
      isFavorite,
    },
  }
}
