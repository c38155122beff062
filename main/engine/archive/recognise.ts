import type { Recognised, Source } from './source.ts'
import { sources } from './sources.ts'
import type { Tree } from './tree.ts'

/** An export, and what reads it. */
export interface Found {
  readonly source: Source
  readonly recognised: Recognised
}

/** What a tree is an export of; null when nothing knows it. The first of several. */
export async function recognise(tree: Tree): Promise<Found | null> {
  const [first = null] = await recogniseAll(tree)
  return first
}

/** Everything that a tree is an export of: one of Instagram also holds what somebody wrote on Threads. */
export async function recogniseAll(tree: Tree): Promise<Found[]> {
  const found: Found[] = []
  for (const source of sources) {
    const recognised = await source.recognise(tree)
    if (recognised) found.push({ source, recognised })
  }
  return found
}
