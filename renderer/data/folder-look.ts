import { useQuery } from '@tanstack/react-query'
import { importEndpoints } from '../../main/contract/index.ts'
import { call } from './client.ts'
import { useImport } from './imports.ts'
import { importsKey } from './imports.ts'

/**
 * Whether the one path a first look was asked for is a folder: what is found in a folder lies deeper than the path
 * itself. False while that is not known.
 */
export function useIsFolder(lookId: string, path: string): boolean {
  const look = useImport(lookId).data
  const first = useQuery({
    queryKey: [...importsKey, 'first', lookId],
    queryFn: async ({ signal }) =>
      (await call(importEndpoints.items, { params: { id: lookId }, query: { limit: 1 } }, signal)).items[0] ?? null,
    enabled: (look?.seen ?? 0) > 0,
    staleTime: Infinity,
  })
  // As the engine shows it: a name that is no UTF-8 is spelled differently here.
  if (first.data) return !look?.paths.includes(first.data.path) && first.data.path !== path
  return look !== undefined && look.scanComplete && look.seen === 0
}
