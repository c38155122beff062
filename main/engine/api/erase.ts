import { createRoute } from '@hono/zod-openapi'
import { erasedSchema, eraseSchema } from '../../contract/index.ts'
import { findUser } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, type ApiApp } from './context.ts'

export function eraseRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'post',
      path: '/erasures',
      summary: 'Destroy everything the person who asks has in this vault, for good',
      request: { body: { required: true, ...json(eraseSchema, '') } },
      responses: { 200: json(erasedSchema, 'What the audit log keeps of it.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const name = c.req.header('x-coffer-user')
      const person = await findUser(vault.database, name === undefined ? undefined : decodeURIComponent(name))
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
