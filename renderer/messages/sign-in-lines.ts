import { EngineProblem, sentenceOf } from '../data/client.ts'
import { t } from './translate.ts'

/** Why a password did not open anything, in the person's language. */
export function signInLine(error: unknown): string {
  const problem = error instanceof EngineProblem ? error.problem : null
  if (problem?.code === 'sign-in-failed') return t('signIn.wrong')
  if (problem?.code === 'user-disabled') return t('signIn.disabled')
  if (problem?.code !== 'too-many-attempts') return sentenceOf(error)
  const seconds = problem.details?.['seconds']
  return t('signIn.wait', { seconds: typeof seconds === 'number' ? seconds : 60 })
}
