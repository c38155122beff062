import type { QueryKey } from '@tanstack/react-query'
import type { Noun } from '../../main/contract/index.ts'

/** What the answer of each question is made of. */
const madeOf = new Map<string, readonly Noun[] | 'everything'>()

/**
 * The key of a question, with the nouns its answer is made of: when one of them changes it is asked again. A question
 * whose key is made without this is asked again only by who changes it.
 */
export function queryKey<Name extends string>(name: Name, nouns: readonly Noun[] | 'everything'): readonly [Name] {
  madeOf.set(name, nouns)
  return [name]
}

/** What the days and tiles of the timeline are made of. */
const timelineNouns: ReadonlySet<Noun> = new Set(['media'])

/** The questions whose answers may be others after these changes; all of them when it is not known what changed. */
export function keysShowing(changed: readonly Noun[] | null): readonly QueryKey[] {
  return [...madeOf]
    .filter(([, nouns]) => changed === null || nouns === 'everything' || changed.some((noun) => nouns.includes(noun)))
    .map(([name]) => [name])
}

/** Whether the timeline may be another after these changes. */
export function showsInTimeline(changed: readonly Noun[] | null): boolean {
  return changed === null || changed.some((noun) => timelineNouns.has(noun))
}
