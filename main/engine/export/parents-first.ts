import type { ObjectLine } from './object-lines.ts'

/**
 * Lines in an order in which each comes after the one it is below. Lines without such a field pass as they come; others are
 * read whole first. A circle, which no vault makes, is left in the order of the file.
 */
export async function* parentsFirst(
  lines: AsyncIterable<ObjectLine>,
  parent: string | null,
): AsyncGenerator<ObjectLine> {
  if (parent === null) return yield* lines
  const all = new Map<string, ObjectLine>()
  for await (const line of lines) if (!all.has(line.id)) all.set(line.id, line)
  const below = new Map<unknown, ObjectLine[]>()
  let level: ObjectLine[] = []
  for (const line of all.values()) {
    const above = line[parent]
    if (typeof above !== 'string' || !all.has(above)) level.push(line)
    else if (below.get(above)?.push(line) === undefined) below.set(above, [line])
  }
  while (level.length > 0) {
    for (const line of level) all.delete(line.id)
    yield* level
    level = level.flatMap((line) => below.get(line.id) ?? [])
  }
  yield* all.values()
}

/** Cuts lines where one is below another of the same part, which must be in the vault by then. */
export function generations(lines: readonly ObjectLine[], parent: string | null): ObjectLine[][] {
  if (lines.length === 0) return []
  if (parent === null) return [[...lines]]
  const parts: ObjectLine[][] = []
  let part: ObjectLine[] = []
  let inPart = new Set<unknown>()
  for (const line of lines) {
    if (inPart.has(line[parent])) {
      parts.push(part)
      part = []
      inPart = new Set()
    }
    part.push(line)
    inPart.add(line.id)
  }
  return [...parts, part]
}
