import { EngineProblem, sentenceOf } from '../engine/client.ts'
import { say } from './say.ts'

/** Why a password did not open anything, in the person's language. */
export function signInLine(error: unknown): string {
  const problem = error instanceof EngineProblem ? error.problem : null
  if (problem?.code === 'sign-in-failed') return say('signIn.wrong')
  if (problem?.code === 'user-disabled') return say('signIn.disabled')
  if (problem?.code !== 'too-many-attempts') return sentenceOf(error)
  const seconds = problem.details?.['seconds']
  return say('signIn.wait', { seconds: typeof seconds === 'number' ? seconds : 60 })
}
