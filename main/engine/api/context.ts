import { OpenAPIHono, z } from '@hono/zod-openapi'
import { findUser } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Engine, OpenVault } from './port.ts'

/** What every route needs: the open vault and the person who asks. */
export interface Caller {
  readonly vault: OpenVault
  readonly userId: string
}

export type ApiApp = OpenAPIHono

/** A part of the API whose bad requests become problems that name the field. */
export function newPart(): ApiApp {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const fields = result.error.issues.map((each) => ({
        field: [...each.path, ...(each.code === 'unrecognized_keys' ? each.keys.slice(0, 1) : [])].join('.'),
        message: each.message,
      }))
      const [first = { field: '', message: '' }] = fields
      throw new CofferError(
        `${first.field === '' ? 'The request' : `“${first.field}”`} is not right: ${first.message}`,
        {
          code: 'bad-request',
          details: { fields },
        },
      )
    },
  })
}

/** The person a request acts as: `x-coffer-user` names one, else the only one there is. */
export async function callerOf(engine: Engine, request: Request): Promise<Caller> {
  const vault = engine.vault()
  const name = request.headers.get('x-coffer-user')
  const user = await findUser(vault.database, name === null ? undefined : decodeURIComponent(name))
  return { vault, userId: user.id }
}

/** The answer of a route that gives JSON, for its OpenAPI entry. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** The same for one that gives bytes. */
export const bytes = (description: string) => ({
  description,
  content: { '*/*': { schema: z.string().openapi({ format: 'binary' }) } },
})

export const idParam = z.object({ id: z.uuid() })

/** The sentence every route says when an id is unknown or another person's: the two cannot be told apart. */
export function notFound(what: string): CofferError {
  return new CofferError(`There is no such ${what}.`, { code: 'not-found' })
}
