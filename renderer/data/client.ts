import {
  addressOf,
  bodyOf,
  problemSchema,
  readAnswer,
  type AnswerOf,
  type AnyInput,
  type Endpoint,
  type InputOf,
  type Problem,
} from '../../main/contract/index.ts'
import { problemLine } from '../messages/problem-line.ts'
import { t } from '../messages/translate.ts'
import { pageHeaders } from './browser-page.ts'

/** In the app the API is a host of its own; in a browser it is where the page came from. */
export const apiOrigin = location.protocol === 'coffer:' ? 'coffer://vault' : ''

/** An answer of the engine that says no, with a sentence a person can act on. */
export class EngineProblem extends Error {
  readonly problem: Problem | null

  constructor(problem: Problem | null, options?: ErrorOptions) {
    super(problemLine(problem), options)
    this.problem = problem
  }
}

/** Asks the engine for something, and answers it under the names of TypeScript. Throws `EngineProblem`. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  const given: AnyInput = input
  const body = bodyOf(endpoint, given)
  const response = await ask(addressOf(endpoint, given), {
    method: endpoint.method,
    ...(signal && { signal }),
    headers: { ...pageHeaders(), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })
  return readAnswer(endpoint, endpoint.answer === null ? null : await response.json())
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
  return error instanceof EngineProblem ? error.message : t('problem')
}
