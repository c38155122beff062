import type { ErrorCode, Problem } from '../../main/contract/index.ts'
import { language } from './locale.ts'
import { t } from './translate.ts'

/** What to tell a person of an error of the engine, or of something that it ended. */
export function problemLine(problem: Problem | null): string {
  return failureLine(problem?.code ?? null, problem?.detail ?? null)
}

/**
 * The code of an error in the person's language. The engine's own sentence, which may name the folder or the value that is
 * meant, is English and only shown to those who read that.
 */
export function failureLine(code: ErrorCode | null, sentence: string | null): string {
  if (language === 'en' && sentence !== null) return sentence
  return t(code === null ? 'problem' : `problem.${code}`)
}
