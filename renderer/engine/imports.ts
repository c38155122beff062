import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  importEndpoints,
  importVerbs,
  type Import,
  type ImportOutcome,
  type ImportVerb,
  type StartImport,
} from '../../main/contract/index.ts'
import { call } from './client.ts'

export const importsKey = ['imports'] as const
export const importListKey = [...importsKey, 'list'] as const
export const importKey = (id: string) => [...importsKey, 'one', id] as const

/** Files an import has dealt with. */
export function doneFiles(each: Import): number {
  return each.added + each.duplicates + each.stacked + each.unsupported + each.damaged + each.later + each.failed
}

export function isUnderWay(each: Import): boolean {
  return each.status === 'running' || each.status === 'paused' || each.status === 'waiting'
}

/** Newest first. */
export function useImports() {
  return useQuery({
    queryKey: importListKey,
    queryFn: async ({ signal }) => (await call(importEndpoints.list, {}, signal)).items,
    // The event stream brings news at once; asking now and then covers a stream that broke.
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? 2000 : false),
  })
}

export function useImport(id: string) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => call(importEndpoints.read, { params: { id } }, signal),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 500 : false),
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

export function useImportVerb() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, verb }: { readonly id: string; readonly verb: ImportVerb }) =>
      call(importVerbs[verb], { params: { id } }),
    onSuccess: (changed) => {
      cache.setQueryData(importKey(changed.id), changed)
      void cache.invalidateQueries({ queryKey: importsKey })
    },
  })
}
