import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  connectionEndpoints,
  connectionVerbs,
  type Connection,
  type ConnectionVerb,
  type NewConnection,
  type NewSignIn,
} from '../../main/contract/index.ts'
import { call } from './client.ts'
import { queryKey } from './keys.ts'

export const connectionsKey = queryKey('connections', ['integrations', 'posts'])

const runningMs = 1000
const calmMs = 60_000

/** Connected accounts and imported exports. While one runs they are asked for often, for its figures are no change. */
export function useConnections() {
  return useQuery({
    queryKey: [...connectionsKey, 'list'],
    queryFn: async ({ signal }) => (await call(connectionEndpoints.list, {}, signal)).items,
    refetchInterval: (query) => (query.state.data?.some((each) => each.running !== null) ? runningMs : calmMs),
  })
}

/** Syncs of a connection, the newest first. */
export function useSyncRuns(id: string) {
  return useInfiniteQuery({
    queryKey: [...connectionsKey, 'runs', id],
    queryFn: ({ pageParam, signal }) =>
      call(
        connectionEndpoints.runs,
        { params: { id }, query: { limit: 50, ...(pageParam !== null && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** What of a connection could not be read or fetched, the newest first. */
export function useDeadLetters(id: string) {
  return useInfiniteQuery({
    queryKey: [...connectionsKey, 'dead-letters', id],
    queryFn: ({ pageParam, signal }) =>
      call(
        connectionEndpoints.deadLetters,
        { params: { id }, query: { limit: 50, ...(pageParam !== null && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function useConnectionVerb() {
  return useConnectionChange(({ id, verb }: { readonly id: string; readonly verb: ConnectionVerb }) =>
    call(connectionVerbs[verb], { params: { id } }),
  )
}

export function usePlanConnection() {
  return useConnectionChange(({ id, ...body }: Pick<Connection, 'id' | 'intervalMinutes' | 'pausesOnBattery'>) =>
    call(connectionEndpoints.edit, { params: { id }, body }),
  )
}

/** Its secret stays in this one question: nothing here keeps it. */
export function useConnect() {
  return useConnectionChange((wanted: NewConnection) => call(connectionEndpoints.add, { body: wanted }))
}

export function useDisconnect() {
  return useConnectionChange(({ id, erase }: { readonly id: string; readonly erase: boolean }) =>
    call(connectionEndpoints.disconnect, { params: { id }, body: { erase } }),
  )
}

export function useBeginSignIn() {
  return useMutation({
    mutationFn: (wanted: NewSignIn) => call(connectionEndpoints.signIn, { body: wanted }),
    gcTime: 0,
  })
}

const signInMs = 1000

/** How far a sign-in in the browser is; asked until it has ended. */
export function useSignIn(id: string) {
  return useQuery({
    queryKey: [...connectionsKey, 'sign-in', id],
    queryFn: ({ signal }) => call(connectionEndpoints.signInState, { params: { id } }, signal),
    refetchInterval: (query) => ((query.state.data?.state ?? 'waiting') === 'waiting' ? signInMs : false),
    // The person is in the browser meanwhile.
    refetchIntervalInBackground: true,
    gcTime: 0,
  })
}

export async function cancelSignIn(id: string): Promise<void> {
  await call(connectionEndpoints.cancelSignIn, { params: { id } })
}

function useConnectionChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    // What was typed, a password perhaps, is forgotten with the dialog.
    gcTime: 0,
    onSettled: () => cache.invalidateQueries({ queryKey: connectionsKey }),
  })
}
