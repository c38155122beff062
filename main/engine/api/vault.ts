import { vaultEndpoints, type VaultState } from '../../contract/index.ts'
import { isSignInNeeded, personNamed, whoMaySignIn } from '../accounts/index.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'
import type { Engine } from './port.ts'

export function vaultRoutes(on: On, engine: Engine): void {
  on(vaultEndpoints.state, ({ found }) => stateFor(engine, found))
  on(vaultEndpoints.create, async ({ found, body: { path, name } }) => {
    await engine.create(path, name === undefined ? {} : { name })
    return stateFor(engine, found)
  })
  on(vaultEndpoints.open, async ({ found, body }) => {
    const { path, trust = false, migrate = false } = body
    await engine.open(path, { trust, migrate })
    return stateFor(engine, found)
  })
  on(vaultEndpoints.trust, async ({ found }) => {
    await engine.trust()
    return stateFor(engine, found)
  })
}

/** Which vault is open, and, for a caller who has signed in, what is inside. */
async function stateFor(engine: Engine, found: Caller | null): Promise<VaultState> {
  const state = engine.state()
  if (state.state !== 'ready') return state
  const vault = engine.vault()
  const { database } = vault
  const isNeeded = await isSignInNeeded(database)
  const person = found?.vault === vault ? found.person : isNeeded ? null : await personNamed(database, undefined)
  if (!person) {
    const people = await whoMaySignIn(database)
    return {
      state: 'locked',
      id: state.id,
      name: state.name,
      people: people.map(({ username, displayName, hasPassword }) => ({ username, displayName, hasPassword })),
    }
  }
  const { id, username, isAdmin, hasPassword } = person
  return {
    ...state,
    user: person.displayName ?? username,
    me: { id, username, isAdmin, hasPassword, isSignedIn: isNeeded },
  }
}
