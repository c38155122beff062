import { instantOfSeconds, mended, metaMedium, takenOf } from '../platforms/index.ts'
import { problem } from './json.ts'
import type { Draft } from './source.ts'

/** A picture or film of an export of Facebook that belongs to no post. */
export function looseMedium(locator: string, value: unknown): Draft {
  const parsed = metaMedium.safeParse(mended(value))
  if (!parsed.success) return problem(locator)
  const { uri, creation_timestamp, description } = parsed.data
  const { takenAt, latitude, longitude } = takenOf(parsed.data)
  return {
    kind: 'media',
    locator,
    path: uri,
    takenAt: takenAt ?? instantOfSeconds(creation_timestamp),
    latitude,
    longitude,
    description: description || null,
  }
}
