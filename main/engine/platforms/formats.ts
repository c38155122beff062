import type { Format } from './draft.ts'

/** Every shape of payload that a post is read from, by the name it is stored with. Never renamed: raw payloads are kept for good. */
export const formats: Readonly<Record<string, Format>> = {}

/** Null for one that this version does not know. */
export function formatOf(name: string): Format | null {
  return Object.hasOwn(formats, name) ? (formats[name] ?? null) : null
}
