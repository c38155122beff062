import { createRoute } from '@hono/zod-openapi'
import { erasableSchema, erasedSchema, eraseSchema } from '../../contract/index.ts'
import { erasable, listUsers } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, notFound, type ApiApp } from './context.ts'

export function eraseRoutes(engine: Engine): ApiApp {
  const part = newPart()

  async function asking(request: Request) {
    const { vault, userId } = await callerOf(engine, request)
    const person = (await listUsers(vault.database)).find((each) => each.id === userId)
    if (!person) throw notFound('person')
    return { vault, userId, person }
  }

  part.openapi(
    createRoute({
      method: 'get',
      path: '/erasures',
      summary: 'What erasing would destroy, and the name that confirms it',
      responses: { 200: json(erasableSchema, 'The trash counts as well.') },
    }),
    async (c) => {
      const { vault, userId, person } = await asking(c.req.raw)
      const sums = await vault.database.read(userId, (tx) => erasable(tx))
      return c.json({ name: person.username, ...sums }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/erasures',
      summary: 'Destroy everything the person who asks has in this vault, for good',
      request: { body: { required: true, ...json(eraseSchema, '') } },
      responses: { 200: json(erasedSchema, 'What the audit log keeps of it.') },
    }),
    async (c) => {
      const { userId, person } = await asking(c.req.raw)
      if (c.req.valid('json').name !== person.username) {
        throw new CofferError(`Nothing was erased: to erase everything, give the name “${person.username}”.`, {
          code: 'erase-unconfirmed',
        })
      }
      return c.json(await engine.erase(userId), 200)
    },
  )
  return part
}
