import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Person } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import { admittedOf } from './gate.ts'
import type { Engine, OpenVault } from './port.ts'

/** What every route needs: the open vault and the person who asks. */
export interface Caller {
  readonly vault: OpenVault
  readonly userId: string
  readonly person: Person
  /** Null in a vault that asks nobody to sign in. */
  readonly sessionId: string | null
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

/** The person a request acts as: whoever signed in, or the only one there is. Throws `no-vault`. */
export async function callerOf(engine: Engine, request: Request): Promise<Caller> {
  const vault = engine.vault()
  const found = admittedOf(request)
  // A vault opened since the request came has people of its own.
  if (found?.vault !== vault) throw new CofferError('Sign in first.', { code: 'sign-in-needed' })
  return { vault, userId: found.person.id, person: found.person, sessionId: found.sessionId }
}

/** Runs a verb that writes as the person who asks, and tells whoever follows their changes once it has committed. */
export async function writeAsCaller<T>(
  engine: Engine,
  request: Request,
  verb: (tx: Writer, userId: string) => Promise<T>,
): Promise<T> {
  const { vault, userId } = await callerOf(engine, request)
  const result = await vault.database.write(userId, (tx) => verb(tx, userId))
  vault.bell.ring(userId)
  return result
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
