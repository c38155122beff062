import { modifiedMs, type SourceFile } from './source.ts'

/** Files touched more recently than this may still be growing. */
const restMs = 2000

/** Whether a file was left alone for a while. A time in the future tells nothing, so such a file counts as at rest. */
export function isAtRest(file: Pick<SourceFile, 'mtimeNs'>): boolean {
  const age = Date.now() - modifiedMs(file)
  return age >= restMs || age < -restMs
}
