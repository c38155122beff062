import { createRoute } from '@hono/zod-openapi'
import { createVaultSchema, openVaultSchema, vaultStateSchema, type VaultState } from '../../contract/index.ts'
import { isSignInNeeded, listUsers, personNamed } from '../accounts/index.ts'
import type { Engine } from './port.ts'
import { json, newPart, type ApiApp } from './context.ts'
import { admittedOf } from './gate.ts'

export function vaultRoutes(engine: Engine): ApiApp {
  const part = newPart()
  const answer = { 200: json(vaultStateSchema, 'Which vault is open.') }

  part.openapi(
    createRoute({ method: 'get', path: '/vault', summary: 'Which vault is open', responses: answer }),
    async (c) => c.json(await stateFor(engine, c.req.raw), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/vault/create',
      summary: 'Make a vault in an empty folder and open it',
      request: { body: { required: true, ...json(createVaultSchema, '') } },
      responses: answer,
    }),
    async (c) => {
      const { path, name } = c.req.valid('json')
      await engine.create(path, name === undefined ? {} : { name })
      return c.json(await stateFor(engine, c.req.raw), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/vault/open',
      summary: 'Open a vault; the one open before is closed',
      request: { body: { required: true, ...json(openVaultSchema, '') } },
      responses: answer,
    }),
    async (c) => {
      await engine.open(c.req.valid('json').path)
      return c.json(await stateFor(engine, c.req.raw), 200)
    },
  )
  return part
}

/** Which vault is open, and for whoever asks: what is inside only after signing in. */
async function stateFor(engine: Engine, request: Request): Promise<VaultState> {
  const state = engine.state()
  if (state.state !== 'ready') return state
  const vault = engine.vault()
  const { database } = vault
  const isNeeded = await isSignInNeeded(database)
  const found = admittedOf(request)
  const person = found?.vault === vault ? found.person : isNeeded ? null : await personNamed(database, undefined)
  if (!person) {
    const people = (await listUsers(database)).filter((each) => each.isActive)
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
