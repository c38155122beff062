import type { QueryKey } from '@tanstack/react-query'
import { objectPaths, type Noun } from '../../main/contract/index.ts'

export const activityKey = ['activity'] as const
export const albumsKey = ['albums'] as const
export const backupsKey = ['backups'] as const
export const exportsKey = ['exports'] as const
export const importsKey = ['imports'] as const
export const mediaKey = ['media'] as const
export const peopleKey = ['people'] as const
export const sessionsKey = ['sessions'] as const
export const statusKey = ['status'] as const
export const trashKey = ['trash'] as const
export const vaultKey = ['vault'] as const
export const watchedFoldersKey = ['watched-folders'] as const

/** What each question's answer is made of. A question that is not here is asked again only by who changes it. */
const madeOf: readonly { readonly key: QueryKey; readonly nouns: readonly Noun[] | 'everything' }[] = [
  // Counts and problems of every room, and a line of each change.
  { key: statusKey, nouns: 'everything' },
  { key: activityKey, nouns: 'everything' },
  { key: mediaKey, nouns: ['media', 'albums', 'tags', 'links'] },
  { key: trashKey, nouns: objectPaths },
  { key: albumsKey, nouns: ['albums', 'media', 'links'] },
  { key: importsKey, nouns: ['imports', 'media'] },
  { key: watchedFoldersKey, nouns: ['watched-folders', 'imports'] },
  // A backup waits while an import runs.
  { key: backupsKey, nouns: ['backups', 'imports'] },
  { key: exportsKey, nouns: ['exports'] },
  { key: peopleKey, nouns: ['users'] },
  { key: sessionsKey, nouns: ['users'] },
]

/** What the days and tiles of the timeline are made of. */
const timelineNouns: ReadonlySet<Noun> = new Set(['media'])

/** The questions whose answers may be others after these changes; all of them when it is not known what changed. */
export function keysShowing(nouns: readonly Noun[] | null): readonly QueryKey[] {
  return madeOf
    .filter((each) => nouns === null || each.nouns === 'everything' || nouns.some((noun) => each.nouns.includes(noun)))
    .map(({ key }) => key)
}

/** Whether the timeline may be another after these changes. */
export function showsInTimeline(nouns: readonly Noun[] | null): boolean {
  return nouns === null || nouns.some((noun) => timelineNouns.has(noun))
}
