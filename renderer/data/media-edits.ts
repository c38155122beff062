import { useQuery } from '@tanstack/react-query'
import { mediaEditEndpoints, type DateChange, type Edited, type PlaceChange } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { mediaKey } from './media.ts'

const tagsKey = [...mediaKey, 'tags'] as const

/** The words on these photos, and how many of them carry each. */
export function useTagsOf(ids: readonly string[]) {
  return useQuery({
    queryKey: [...tagsKey, 'of', ids],
    queryFn: async ({ signal }) =>
      (await call(mediaEditEndpoints.countTags, { body: { ids: [...ids] } }, signal)).items,
    gcTime: 0,
  })
}

/** Every word there is. */
export function useTagNames() {
  return useQuery({
    queryKey: [...tagsKey, 'names'],
    queryFn: async ({ signal }) => (await call(mediaEditEndpoints.tagNames, {}, signal)).items,
  })
}

/** Puts a word on photos or takes it from them; answers those that were not so already. */
export async function setTag(ids: readonly string[], name: string, isTagged: boolean): Promise<readonly string[]> {
  return (await call(mediaEditEndpoints.setTag, { body: { ids: [...ids], name, isTagged } })).ids
}

export function changeDates(ids: readonly string[], change: DateChange): Promise<Edited> {
  return call(mediaEditEndpoints.changeDates, { body: { ids: [...ids], change } })
}

export function changePlaces(ids: readonly string[], place: PlaceChange): Promise<Edited> {
  return call(mediaEditEndpoints.changePlaces, { body: { ids: [...ids], place } })
}

/** Takes back a change of dates or places. */
export function undoEdit(change: string): Promise<Edited> {
  return call(mediaEditEndpoints.undo, { body: { change } })
}
