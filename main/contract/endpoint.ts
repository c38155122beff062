import { z } from 'zod'
import { fromWire, toWire, wireName } from './wire.ts'

/** Where every address of the API begins. */
export const apiRoot = '/api/v1'

/**
 * Who may ask. `open`: anyone who holds the secret of this engine, signed in or not. `person`: a person of the vault, for
 * what is theirs. `admin`: an administrator, for what concerns the whole vault.
 */
export type Access = 'open' | 'person' | 'admin'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** JSON of a schema; bytes; a stream of events; or nothing. */
export type Answer = z.ZodType | 'bytes' | 'events' | null

/** One thing that can be asked of the engine, said once for the server, the window, the command line and the document. */
export interface Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType | null = z.ZodType | null,
  Given extends Answer = Answer,
  Who extends Access = Access,
> {
  readonly method: Method
  /** Below `apiRoot`, with its parameters in braces: `/albums/{id}`. */
  readonly path: string
  readonly access: Who
  readonly summary: string
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Given
  /** Of an answer that says yes. */
  readonly status: number
  /** May be asked while no vault is open; then there are no people, and the secret of the engine is enough. */
  readonly withoutVault: boolean
  /** Takes an `Idempotency-Key`: the same key again gets the same answer and makes nothing new. */
  readonly isOnce: boolean
  /** Takes `If-Match` with the ETag of the state the change is meant for. */
  readonly isVersioned: boolean
  /** Only the person themselves may ask, in a session: no token of another program. */
  readonly isPersonal: boolean
  /** Asks and changes nothing, so that a token that may only read can ask it. */
  readonly isReading: boolean
  /** The body is a form with the field `file`, which goes to the disk as it comes. */
  readonly isUpload: boolean
}

const nothing = z.object({})
export const idParams = z.object({ id: z.uuid() })

type Given<P, Q, B, A, Who> = {
  readonly method: Method
  readonly path: string
  readonly access: Who
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer?: A
  readonly status?: number
  readonly withoutVault?: true
  readonly isOnce?: true
  readonly isVersioned?: true
  readonly isUpload?: true
  readonly isPersonal?: true
  readonly isReading?: true
}

/** Describes an endpoint. An `{id}` in the path is a UUID unless `params` says otherwise. */
export function endpoint<
  Who extends Access,
  P extends z.ZodObject = typeof nothing,
  Q extends z.ZodObject = typeof nothing,
  B extends z.ZodType | null = null,
  A extends Answer = null,
>(given: Given<P, Q, B, A, Who>): Endpoint<P, Q, B, A, Who> {
  const { params = nothing, query = nothing, body = null, answer = null } = given
  return {
    withoutVault: false,
    isOnce: false,
    isVersioned: false,
    isUpload: false,
    isPersonal: false,
    isReading: given.method === 'GET',
    status: answer === null ? 204 : 200,
    ...given,
    // The defaults of the type parameters above are these very values.
    params: params as P,
    query: query as Q,
    body: body as B,
    answer: answer as A,
  }
}

/** May be left out where nothing in it has to be said. */
type Part<Name extends string, T> =
  Record<string, never> extends T ? { readonly [key in Name]?: T } : { readonly [key in Name]: T }

/** What has to be said to ask something. */
export type InputOf<E extends Endpoint> = Part<'params', z.input<E['params']>> &
  Part<'query', z.input<E['query']>> &
  (E['body'] extends z.ZodType ? Part<'body', z.input<E['body']>> : { readonly body?: undefined })

/** What is answered, under the names of TypeScript. */
export type AnswerOf<E extends Endpoint> = E['answer'] extends z.ZodType ? z.output<E['answer']> : null

/** The input of any endpoint, for those who hand it on. */
export interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** The address to ask at: parameters and query filled in. */
export function addressOf({ path, query }: Endpoint, input: AnyInput = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(input.params?.[name])))
  const search = Object.entries(input.query ?? {}).flatMap(([name, value]) => {
    if (value === undefined) return []
    const key = name in query.shape ? wireName(name) : name
    return [`${key}=${encodeURIComponent(textOf(value))}`]
  })
  return `${apiRoot}${filled}${search.length === 0 ? '' : `?${search.join('&')}`}`
}

/** Values of a list have commas between them. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The body to send; undefined where there is none. */
export function bodyOf({ body }: Endpoint, input: AnyInput): string | undefined {
  return body === null || input.body === undefined ? undefined : JSON.stringify(toWire(body, input.body))
}

/** Reads the JSON of an answer. Throws what zod does when it is none of this endpoint. */
export function readAnswer<E extends Endpoint>({ answer }: E, json: unknown): AnswerOf<E> {
  const isJson = answer !== null && typeof answer === 'object'
  // What comes back is the output of the very schema that `AnswerOf` names.
  return (isJson ? z.parse(answer, fromWire(answer, json)) : null) as AnswerOf<E>
}

/** A page of a list; `next` continues it and is null at its end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** Where a page begins (`next` of the one before) and how long it may be. */
export function pageQuery(limits: { readonly default: number; readonly max: number }) {
  return z.object({
    cursor: z.string().max(20_000).optional().describe('“next” of the page before.'),
    limit: z.int().min(1).max(limits.max).default(limits.default),
  })
}
