import { createRoute, z } from '@hono/zod-openapi'
import { addUser, listUsers, setPassword } from '../accounts/index.ts'
import type { Engine } from './port.ts'
import { idParam, json, newPart, type ApiApp } from './context.ts'

const userSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  displayName: z.string().nullable(),
  isAdmin: z.boolean(),
  hasPassword: z.boolean(),
  createdAt: z.string(),
})

export function userRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/users',
      summary: 'The people of this vault',
      responses: { 200: json(z.array(userSchema), 'People, the first one first.') },
    }),
    async (c) => c.json(await listUsers(engine.vault().database), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/users',
      summary: 'Add a person',
      request: {
        body: {
          required: true,
          ...json(
            z.object({ username: z.string(), displayName: z.string().optional(), password: z.string().optional() }),
            '',
          ),
        },
      },
      responses: { 201: json(userSchema, 'The person.') },
    }),
    async (c) => {
      const { username, displayName, password } = c.req.valid('json')
      const person = { username, ...(displayName && { displayName }), ...(password !== undefined && { password }) }
      return c.json(await addUser(engine.vault().database, person), 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'put',
      path: '/users/{id}/password',
      summary: 'Set a person’s password',
      request: { params: idParam, body: { required: true, ...json(z.object({ password: z.string() }), '') } },
      responses: { 204: { description: 'The password is set; older sessions have ended.' } },
    }),
    async (c) => {
      await setPassword(engine.vault().database, c.req.valid('param').id, c.req.valid('json').password)
      return c.body(null, 204)
    },
  )
  return part
}
