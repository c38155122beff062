import type { Client, Person } from '../client.ts'
import type { Output } from '../output.ts'

/**
 * What commands are given to work with. Each brings what else it needs by itself, when it runs: the whole engine would take longer to load
 * than most commands run.
 */
export interface Hands {
  /** Runs with the vault, in the running app where there is one, and ends with the code it returns. */
  readonly withVault: (run: (client: Client, output: Output) => Promise<number>) => Promise<void>
  readonly finish: (code: number) => void
  readonly output: () => Output
  /** Fires at the first Ctrl-C. */
  readonly interrupted: AbortSignal
  readonly vaultDir: () => string
  readonly person: () => Person
  readonly trust: () => boolean
  /** The person that was named, if one was. */
  readonly user: () => { readonly user?: string }
}
