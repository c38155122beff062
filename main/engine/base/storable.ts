/**
 * JSON that came from elsewhere, so that PostgreSQL can hold it: without the character NUL and without halves of characters,
 * and without the names `__proto__`. What is not JSON (functions, undefined) is left out.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value === 'object' && value !== null) {
    const kept: Record<string, unknown> = {}
    for (const [name, each] of Object.entries(value)) {
      if (name !== '__proto__' && each !== undefined) kept[storableText(name)] = storable(each)
    }
    return kept
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value ?? null)
}

export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** The same text for the same JSON, in whatever order its names stand: a database gives them back in its own. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  )
}
