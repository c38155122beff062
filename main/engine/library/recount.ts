import type { Database } from '../database/index.ts'

/** What each derived table holds, in words for people. */
const words: Readonly<Record<string, string>> = {
  days: 'photos per day',
  totals: 'sums',
  albums: 'photos per album',
  map: 'squares of the map',
  words: 'words of photos',
  entries: 'entries of search and timeline',
}

/** Holds every derived count against the rows it is of, puts right what differs, and names what did. Empty is good. */
export async function recount(database: Database): Promise<string[]> {
  const row = await database.asService((tx) => tx.one<{ wrong: string[] }>(`select read.recount() as wrong`))
  return (row?.wrong ?? []).map((name) => words[name] ?? name)
}
