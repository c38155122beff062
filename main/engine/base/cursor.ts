import { badCursor } from './errors.ts'
import { isUuid } from './ids.ts'

/** The value and the id after which a list is continued, of a cursor `value|id`. Throws `bad-request` for one this program did not make. */
export function placeIn(cursor: string, value: RegExp): readonly [value: string, id: string] {
  const [before = '', id = ''] = cursor.split('|')
  if (!isUuid(id) || !value.test(before)) throw badCursor()
  return [before, id]
}
