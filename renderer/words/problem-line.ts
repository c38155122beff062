import type { Problem } from '../../main/contract/index.ts'
import { language } from './locale.ts'
import { say } from './say.ts'

/**
 * What to tell a person of an error of the engine: its code in their language. The engine's own sentence, which may name
 * the folder or the value that is meant, is English and only shown to those who read that.
 */
export function problemLine(problem: Problem | null): string {
  if (problem === null) return say('problem')
  return (language === 'en' ? problem.detail : undefined) ?? say(`problem.${problem.code}`)
}
