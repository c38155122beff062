import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  currentPasswordSchema,
  newPasswordSchema,
  newPersonSchema,
  passwordStrengthSchema,
  personEditSchema,
  personSchema,
} from '../../contract/index.ts'
import {
  addUser,
  assertAdmin,
  changePassword,
  editUser,
  isSignInNeeded,
  listUsers,
  removePassword,
  resetPassword,
} from '../accounts/index.ts'
import { passwordStrength } from '../keys/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, notFound, type ApiApp, type Caller } from './context.ts'
import { clientOf, giveCookies, keepsCookies } from './gate.ts'

export function userRoutes(engine: Engine): ApiApp {
  const part = newPart()

  /**
   * After the first password, or the second person, the vault asks for sign-ins. Whoever did that in a window goes on
   * in it.
   */
  async function staySignedIn(c: Context, { vault, userId, sessionId }: Caller): Promise<void> {
    const client = clientOf(c)
    if (sessionId !== null || !keepsCookies(client) || !(await isSignInNeeded(vault.database))) return
    giveCookies(c, await vault.sessions.begin(userId, client))
  }

  part.openapi(
    createRoute({
      method: 'get',
      path: '/users',
      summary: 'The people of this vault, for whoever looks after it; for others themselves',
      responses: { 200: json(z.array(personSchema), 'People with what they keep and may keep, the first one first.') },
    }),
    async (c) => {
      const { vault, person } = await callerOf(engine, c.req.raw)
      const all = await listUsers(vault.database)
      return c.json(person.isAdmin ? all : all.filter((each) => each.id === person.id), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/users',
      summary: 'Add a person',
      request: { body: { required: true, ...json(newPersonSchema, '') } },
      responses: { 201: json(personSchema, 'The person.') },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      assertAdmin(caller.person)
      const added = await addUser(caller.vault.database, c.req.valid('json'), caller.person)
      await staySignedIn(c, caller)
      caller.vault.bell.ring(caller.userId)
      return c.json(added, 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: '/users/{id}',
      summary: 'Change a name; or who may sign in, look after the vault, and keep how much',
      request: { params: idParam, body: { required: true, ...json(personEditSchema, '') } },
      responses: { 200: json(personSchema, 'The person afterwards.') },
    }),
    async (c) => {
      const { vault, person } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const after = await editUser(vault.database, person, id, c.req.valid('json'))
      if (!after.isActive) await vault.sessions.endAll(id, 'disabled')
      vault.bell.ring(id)
      return c.json(after, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'put',
      path: '/users/{id}/password',
      summary: 'Change the own password, or give another person a new one',
      request: { params: idParam, body: { required: true, ...json(newPasswordSchema, '') } },
      responses: { 204: { description: 'The password is set; older sessions have ended.' } },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { vault, person, sessionId } = caller
      const { id } = c.req.valid('param')
      const { password, current } = c.req.valid('json')
      if (id === person.id) {
        await changePassword(vault, person, { password, ...(current !== undefined && { current }) }, sessionId)
        await staySignedIn(c, caller)
      } else await resetPassword(vault, person, id, password)
      vault.bell.ring(id)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/users/{id}/password',
      summary: 'Take the password away where only one person is',
      request: { params: idParam, body: { required: true, ...json(currentPasswordSchema, '') } },
      responses: { 204: { description: 'The vault opens without a password.' } },
    }),
    async (c) => {
      const { vault, person } = await callerOf(engine, c.req.raw)
      if (c.req.valid('param').id !== person.id) throw notFound('person')
      await removePassword(vault.database, person, c.req.valid('json').current)
      vault.bell.ring(person.id)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/passwords/strength',
      summary: 'How hard a password is to guess; it is neither kept nor logged',
      request: { body: { required: true, ...json(z.object({ password: z.string().max(1000) }), '') } },
      responses: { 200: json(passwordStrengthSchema, 'From 0, guessed at once, to 4, out of reach.') },
    }),
    async (c) => {
      const { vault, person } = await callerOf(engine, c.req.raw)
      const words = [person.username, person.displayName ?? '', vault.file.name, 'coffer']
      return c.json(await passwordStrength(c.req.valid('json').password, words), 200)
    },
  )
  return part
}
