import { xInstant } from '../../platforms/index.ts'
import { items, recordOf } from '../json.ts'
import type { Tree } from '../tree.ts'

/** Whole texts of tweets that are cut off where they stand, by the second they were written in. */
export type Notes = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** Few people write that much; what comes after it stays cut off. */
const mostNotes = 20_000

/** The texts in `note-tweet.js`. Their ids are their own: only the time tells which tweet is meant. */
export async function notesOf(tree: Tree): Promise<Notes> {
  const notes = new Map<string, Readonly<Record<string, unknown>>>()
  const file = tree.find('data/note-tweet.js') ?? tree.find('note-tweet.js')
  if (file === null) return notes
  for await (const item of items(file, { after: '=' })) {
    const note = recordOf(item.kind === 'item' ? recordOf(item.value)?.['noteTweet'] : null)
    const at = note === null ? null : secondOf(note['createdAt'])
    if (note !== null && at !== null && notes.size < mostNotes) notes.set(at, note)
  }
  return notes
}

/** The whole text of a tweet that is cut off, as a field of its payload; nothing where there is none. */
export function noteOf(notes: Notes, tweet: Readonly<Record<string, unknown>>): { note?: object } {
  const { full_text: text, created_at: written } = tweet
  if (notes.size === 0 || typeof text !== 'string' || typeof written !== 'string' || !text.includes('…')) return {}
  const note = notes.get(secondOf(xInstant(written)) ?? '')
  return note ? { note } : {}
}

function secondOf(instant: unknown): string | null {
  return typeof instant === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(instant) ? instant.slice(0, 19) : null
}
