import { AsyncLocalStorage } from 'node:async_hooks'

/** From where and with which program something is being asked, for the log of what was done. */
export interface AskingClient {
  /** An IP address; null over the private socket of this computer. */
  readonly address: string | null
  readonly agent: string | null
}

const asking = new AsyncLocalStorage<AskingClient>()
const nobody: AskingClient = { address: null, agent: null }

/** Does something on behalf of a client; whatever is noted meanwhile says so. */
export function onBehalfOf<T>(client: AskingClient, work: () => T): T {
  return asking.run(client, work)
}

/** On whose behalf this runs; nobody's for what Coffer does by itself. */
export function askingClient(): AskingClient {
  return asking.getStore() ?? nobody
}
