import { useQuery } from '@tanstack/react-query'
import {
  editedSchema,
  routes,
  tagCountsSchema,
  taggedSchema,
  tagNamesSchema,
  type DateChange,
  type Edited,
  type PlaceChange,
} from '../../main/contract/index.ts'
import { get, post } from './client.ts'
import { mediaKey } from './media.ts'

const tagsKey = [...mediaKey, 'tags'] as const

/** The words on these photos, and how many of them carry each. */
export function useTagsOf(ids: readonly string[]) {
  return useQuery({
    queryKey: [...tagsKey, 'of', ids],
    queryFn: async ({ signal }) => (await post(`${routes.media}/tags/count`, tagCountsSchema, { ids }, signal)).tags,
    gcTime: 0,
  })
}

/** Every word there is. */
export function useTagNames() {
  return useQuery({
    queryKey: [...tagsKey, 'names'],
    queryFn: async ({ signal }) => (await get(`${routes.media}/tags`, tagNamesSchema, signal)).names,
  })
}

/** Puts a word on photos or takes it from them; answers those that were not so already. */
export async function setTag(ids: readonly string[], name: string, isTagged: boolean): Promise<readonly string[]> {
  return (await post(`${routes.media}/tags`, taggedSchema, { ids, name, isTagged })).ids
}

export function changeDates(ids: readonly string[], change: DateChange): Promise<Edited> {
  return post(`${routes.media}/dates`, editedSchema, { ids, change })
}

export function changePlaces(ids: readonly string[], place: PlaceChange): Promise<Edited> {
  return post(`${routes.media}/places`, editedSchema, { ids, place })
}

/** Takes back a change of dates or places. */
export function undoEdit(change: string): Promise<Edited> {
  return post(`${routes.media}/undo`, editedSchema, { change })
}
