import { BadPayload, formatOf } from '../platforms/index.ts'
import { clean } from './clean.ts'
import { problem } from './json.ts'
import type { Draft } from './source.ts'

/** A record as the draft of a post; a problem when its format cannot read it. */
export function post(locator: string, format: string, record: object): Draft {
  // Cleaned first: an id that is made from the content must be the same when it is read again from what was stored.
  const data = clean(record) as object
  try {
    const { id } = reading(format).normalise(data, { platformUserId: null, username: null })
    return { kind: 'post', locator, postId: id, format, data }
  } catch (error) {
    if (error instanceof BadPayload) return problem(locator)
    throw error
  }
}

function reading(name: string): NonNullable<ReturnType<typeof formatOf>> {
  const format = formatOf(name)
  if (format === null) throw new Error(`there is no format ${name}`)
  return format
}
