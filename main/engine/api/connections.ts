import { connectionEndpoints, connectionVerbs, type Connection, type ConnectionVerb } from '../../contract/index.ts'
import {
  connect,
  deadLetters,
  disconnect,
  editPlan,
  listConnections,
  pauseConnection,
  readConnection,
  resumeConnection,
  retryFailed,
  syncNow,
  syncRuns,
  type SyncContext,
} from '../sync/index.ts'
import { notFound, readAs, whole } from './context.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'

const verbs: Readonly<Record<ConnectionVerb, (context: SyncContext, userId: string, id: string) => Promise<void>>> = {
  sync: syncNow,
  pause: pauseConnection,
  resume: resumeConnection,
  retry: retryFailed,
}

export function connectionRoutes(on: On): void {
  on(connectionEndpoints.list, async ({ caller }) =>
    whole(await readAs(caller, (tx) => listConnections(tx, caller.vault.sync, caller.userId))),
  )
  on(connectionEndpoints.read, ({ caller, params }) => current(caller, params.id))
  on(connectionEndpoints.add, async ({ caller, body }) =>
    current(caller, await connect(caller.vault.sync, caller.userId, body)),
  )
  on(connectionEndpoints.edit, async ({ caller, params, body }) => {
    await editPlan(caller.vault.sync, caller.userId, params.id, body)
    return current(caller, params.id)
  })
  on(connectionEndpoints.disconnect, ({ caller, params, body }) =>
    disconnect(caller.vault.sync, caller.userId, params.id, body),
  )
  on(connectionEndpoints.signIn, ({ caller, body }) => {
    const { sync } = caller.vault
    return sync.signIns.begin(sync, caller.userId, body)
  })
  on(connectionEndpoints.signInState, async ({ caller, params }) => {
    const state = caller.vault.sync.signIns.read(caller.userId, params.id)
    if (!state) throw notFound('sign-in')
    return state
  })
  on(connectionEndpoints.cancelSignIn, async ({ caller, params }) =>
    caller.vault.sync.signIns.cancel(caller.userId, params.id),
  )
  on(connectionEndpoints.runs, async ({ caller, params, query }) => {
    await current(caller, params.id)
    return readAs(caller, (tx) => syncRuns(tx, caller.userId, params.id, query))
  })
  on(connectionEndpoints.deadLetters, async ({ caller, params, query }) => {
    await current(caller, params.id)
    return readAs(caller, (tx) => deadLetters(tx, caller.userId, params.id, query))
  })
  for (const [name, verb] of Object.entries(verbs)) {
    on(connectionVerbs[name as ConnectionVerb], async ({ caller, params }) => {
      await verb(caller.vault.sync, caller.userId, params.id)
      return current(caller, params.id)
    })
  }
}

async function current(caller: Caller, id: string): Promise<Connection> {
  const found = await readAs(caller, (tx) => readConnection(tx, caller.vault.sync, caller.userId, id))
  if (!found) throw notFound('connection')
  return found
}
