import type { ZodType } from 'zod'
import { problemSchema, type Problem } from '../../main/contract/index.ts'
import { say } from '../words/say.ts'

/** In the app the API is a host of its own; in a browser it is where the page came from. */
export const apiOrigin = location.protocol === 'coffer:' ? 'coffer://vault' : ''

/** An answer of the engine that says no, with a sentence a person can act on. */
export class EngineProblem extends Error {
  readonly problem: Problem | null

  constructor(problem: Problem | null, options?: ErrorOptions) {
    super(problem?.detail ?? problem?.title ?? say('problem'), options)
    this.problem = problem
  }
}

export async function get<Answer>(path: string, schema: ZodType<Answer>, signal?: AbortSignal): Promise<Answer> {
  return schema.parse(await (await ask(path, signal ? { signal } : {})).json())
}

export async function post<Answer>(
  path: string,
  schema: ZodType<Answer>,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const init: RequestInit = { method: 'POST', ...(signal && { signal }) }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  return schema.parse(await (await ask(path, init)).json())
}

export async function patch<Answer>(path: string, schema: ZodType<Answer>, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  return schema.parse(await (await ask(path, { method: 'PATCH', body: JSON.stringify(body), headers })).json())
}

/** Puts something in its place, where there is nothing to answer. */
export async function put(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await ask(path, { method: 'PUT', body: JSON.stringify(body), headers })
}

/** Asks for something to be taken away. */
export async function remove<Answer>(path: string, schema: ZodType<Answer>): Promise<Answer> {
  return schema.parse(await (await ask(path, { method: 'DELETE' })).json())
}

/** The same, where there is nothing to answer. */
export async function removeQuietly(path: string): Promise<void> {
  await ask(path, { method: 'DELETE' })
}

/** The same with what it needs to know. */
export async function removeWith(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await ask(path, { method: 'DELETE', body: JSON.stringify(body), headers })
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(apiOrigin + path, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new EngineProblem(null, { cause })
  })
  if (response.ok) return response
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  // The session ended elsewhere: nothing of it may stay on screen or in memory.
  if (problem.success && problem.data.code === 'sign-in-needed') location.reload()
  throw new EngineProblem(problem.success ? problem.data : null)
}

/** What to tell the person, whatever went wrong. */
export function sentenceOf(error: unknown): string {
  return error instanceof EngineProblem ? error.message : say('problem')
}
