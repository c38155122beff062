import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import {
  importEndpoints,
  importVerbs,
  type AnswerOf,
  type Import,
  type ImportOutcome,
  type ImportProgress,
  type ImportStatus,
  type ImportVerb,
  type StartImport,
} from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const importsKey = queryKey('imports', ['imports', 'media'])

export const importListKey = [...importsKey, 'list'] as const
export const importKey = (id: string) => [...importsKey, 'one', id] as const

/** Files an import has dealt with. */
export function doneFiles(each: Import): number {
  return each.added + each.duplicates + each.stacked + each.unsupported + each.damaged + each.later + each.failed
}

export function isUnderWay(each: Import): boolean {
  return each.status === 'running' || each.status === 'paused' || each.status === 'waiting'
}

const calmMs = 5000

/** Newest first. */
export function useImports() {
  return useQuery({
    queryKey: importListKey,
    queryFn: async ({ signal }) => (await call(importEndpoints.list, {}, signal)).items,
    // The event stream brings the figures; asking now and then covers a stream that broke.
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? calmMs : false),
  })
}

export function useImport(id: string) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => call(importEndpoints.read, { params: { id } }, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? calmMs : false),
  })
}

/** The files of an import with one of these outcomes, page by page. */
export function useImportItems(id: string, outcomes: readonly ImportOutcome[]) {
  return useInfiniteQuery({
    queryKey: [...importsKey, 'items', id, ...outcomes],
    queryFn: ({ pageParam, signal }) => {
      const query = { outcome: [...outcomes], limit: 200, ...(pageParam !== null && { cursor: pageParam }) }
      return call(importEndpoints.items, { params: { id }, query }, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

const shownLatest = 12

/** The photos an import added last, newest first. */
export function useLatestAdded(id: string, isRunning: boolean) {
  return useQuery({
    queryKey: [...importsKey, 'latest', id],
    queryFn: async ({ signal }) => {
      const query = { outcome: ['added' as const], newest: true, limit: shownLatest }
      const { items } = await call(importEndpoints.items, { params: { id }, query }, signal)
      return items.flatMap(({ mediaId }) => (mediaId === null ? [] : [mediaId]))
    },
    refetchInterval: isRunning ? 1000 : false,
  })
}

/**
 * Which of these paths are exports of services. While that is not known it is null; where it cannot be told, all are files, as
 * they always were.
 */
export function useRecognised(paths: readonly string[]): Recognised | null {
  const found = useQuery({
    queryKey: ['recognised', ...paths],
    queryFn: ({ signal }) => call(importEndpoints.recognise, { body: { paths: [...paths] } }, signal),
    // What lies there may be another thing the next time.
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  })
  if (found.data) return found.data
  return found.isError ? { exports: [], others: [...paths] } : null
}
export type Recognised = AnswerOf<typeof importEndpoints.recognise>
export type RecognisedExport = Recognised['exports'][number]

export function useStartImport() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wanted: StartImport) => call(importEndpoints.start, { body: wanted }),
    onSuccess: (started) => {
      cache.setQueryData(importKey(started.id), started)
      if (!started.dryRun) void cache.invalidateQueries({ queryKey: importListKey })
    },
  })
}

/**
 * Puts the figures of an event where they are shown, without a question. False when nothing here knows the import: the list is
 * of before it began then.
 */
export function showProgress(cache: QueryClient, id: string, progress: ImportProgress): boolean {
  const moved = (each: Import): Import => ({ ...each, ...progress })
  let isKnown = false
  cache.setQueryData<Import>(importKey(id), (one) => {
    isKnown ||= one !== undefined
    return one && moved(one)
  })
  cache.setQueryData<Import[]>(importListKey, (list) => {
    isKnown ||= list === undefined || list.some((each) => each.id === id)
    return list?.map((each) => (each.id === id ? moved(each) : each))
  })
  return isKnown
}

/** What a verb makes of an import; shown at once, before the engine has answered. */
const statusAfter = {
  pause: 'paused',
  resume: 'running',
  retry: 'running',
  cancel: 'cancelled',
  undo: 'undone',
} as const satisfies Readonly<Record<ImportVerb, ImportStatus>>

export function useImportVerb() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, verb }: { readonly id: string; readonly verb: ImportVerb }) =>
      call(importVerbs[verb], { params: { id } }),
    onMutate: async ({ id, verb }) => {
      // An answer of before the click must not put the old state back.
      await cache.cancelQueries({ queryKey: importsKey })
      const changed = (each: Import): Import => ({ ...each, status: statusAfter[verb] })
      cache.setQueryData<Import>(importKey(id), (one) => one && changed(one))
      cache.setQueryData<Import[]>(importListKey, (list) =>
        list?.map((each) => (each.id === id ? changed(each) : each)),
      )
    },
    onSuccess: (changed) => cache.setQueryData(importKey(changed.id), changed),
    onSettled: () => cache.invalidateQueries({ queryKey: importsKey }),
  })
}
