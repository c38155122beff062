import { createRoute } from '@hono/zod-openapi'
import { createVaultSchema, openVaultSchema, vaultStateSchema } from '../../contract/index.ts'
import type { Engine } from './port.ts'
import { json, newPart, type ApiApp } from './context.ts'

export function vaultRoutes(engine: Engine): ApiApp {
  const part = newPart()
  const answer = { 200: json(vaultStateSchema, 'Which vault is open.') }

  part.openapi(createRoute({ method: 'get', path: '/vault', summary: 'Which vault is open', responses: answer }), (c) =>
    c.json(engine.state(), 200),
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
      return c.json(engine.state(), 200)
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
      return c.json(engine.state(), 200)
    },
  )
  return part
}
