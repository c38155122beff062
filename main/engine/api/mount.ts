import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import { allEndpoints, apiRoot, toWire, type Access, type Endpoint } from '../../contract/index.ts'
import { onBehalfOf } from '../base/client.ts'
import { CofferError } from '../base/errors.ts'
import { interactively } from '../database/index.ts'
import { admit, askingClientOf, giveCookies, type Caller } from './gate.ts'
import type { Engine } from './port.ts'
import { checked, readJson, readQuery, stateOf } from './requests.ts'

/** What a handler gets: the parts of the request, checked, and who asks. */
export interface Asked<E extends Endpoint> {
  readonly params: z.output<E['params']>
  readonly query: z.output<E['query']>
  readonly body: E['body'] extends z.ZodType ? z.output<E['body']> : undefined
  /** Who asks. Throws `no-vault` or `sign-in-needed` where an endpoint lets others in as well. */
  readonly caller: Caller
  /** The same, and null where nobody has signed in. */
  readonly found: Caller | null
  readonly request: Request
  /** For cookies of the answer. */
  readonly context: Context
  /** Another status than the one the endpoint declares. */
  readonly setStatus: (status: number) => void
}

/** What a handler answers: the value of a JSON answer, nothing, or a response of its own. */
export type Reply<E extends Endpoint> =
  | Response
  | (E['answer'] extends z.ZodType ? z.input<E['answer']> : E['answer'] extends null ? void : never)

/** Says what answers an endpoint. */
export type On = <E extends Endpoint>(endpoint: E, handle: (asked: Asked<E>) => Promise<Reply<E>>) => void

type Handle = (asked: Asked<Endpoint>) => Promise<unknown>

/** The longest JSON body: of somebody who has not signed in, of a person (a document may be long), of an administrator. */
const mostBytes: Readonly<Record<Access, number>> = { open: 64 * 1024, person: 48 * 1024 * 1024, admin: 1024 * 1024 }

/**
 * Mounts every endpoint of the contract behind the access it declares. Throws when an endpoint has no handler or two:
 * what nobody answers must not be in the document, and what the contract does not know must not be reachable.
 */
export function mount(app: Hono, engine: Engine, register: (on: On) => void): void {
  const handlers = new Map<Endpoint, Handle>()
  register((endpoint, handle) => {
    if (handlers.has(endpoint)) throw new Error(`${endpoint.method} ${endpoint.path} is answered twice`)
    handlers.set(endpoint, handle)
  })
  for (const endpoint of allEndpoints) {
    const handle = handlers.get(endpoint)
    if (!handle) throw new Error(`nothing answers ${endpoint.method} ${endpoint.path}`)
    handlers.delete(endpoint)
    app.on(endpoint.method, routeOf(endpoint), (c) => interactively(() => answer(engine, endpoint, handle, c)))
  }
  const [unknown] = handlers.keys()
  if (unknown) throw new Error(`${unknown.method} ${unknown.path} is not in the contract`)
  for (const path of new Set(allEndpoints.map(routeOf))) refuseOtherMethods(app, path)
}

function refuseOtherMethods(app: Hono, path: string): void {
  const methods: string[] = allEndpoints.filter((each) => routeOf(each) === path).map((each) => each.method)
  if (methods.includes('GET')) methods.push('HEAD')
  app.all(path, () => {
    throw new CofferError(`This address accepts only ${methods.join(', ')}.`, {
      code: 'method-not-allowed',
      details: { methods },
    })
  })
}

/** `/albums/{id}` as the router writes it. */
function routeOf({ path }: Endpoint): string {
  return `${apiRoot}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
}

async function answer(engine: Engine, endpoint: Endpoint, handle: Handle, c: Context): Promise<Response> {
  const { found, renewed } = await admit(engine, c, endpoint)
  const request = c.req.raw
  const body =
    endpoint.body === null || endpoint.isUpload
      ? undefined
      : checked(endpoint.body, await readJson(request, mostBytes[endpoint.access]))
  let { status } = endpoint
  const asked = {
    params: checked(endpoint.params, c.req.param()),
    query: checked(endpoint.query, readQuery(endpoint.query, request)),
    body,
    found,
    get caller() {
      // A vault opened since the request came has people of its own.
      if (found?.vault === engine.vault()) return found
      throw new CofferError('Sign in first.', { code: 'sign-in-needed' })
    },
    request,
    context: c,
    setStatus: (other: number) => void (status = other),
  }
  const value = await onBehalfOf(askingClientOf(c), () => handle(asked as Asked<Endpoint>))
  if (renewed) giveCookies(c, renewed)
  if (value instanceof Response) return value
  if (endpoint.answer === null || typeof endpoint.answer === 'string') return c.body(null, 204)
  const state = stateOf(value)
  if (state !== null) c.header('etag', state)
  return c.json(toWire(endpoint.answer, value), { status: status as 200 })
}
