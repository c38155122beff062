export { room } from './room.ts'
import { EventEmitter } from 'node:events'
import type { Noun } from '../../contract/index.ts'
import type { Database, Reader, Writer } from '../database/index.ts'

export interface Change {
  readonly noun: Noun
  readonly objectId: string | null
  readonly kind: 'added' | 'changed' | 'trashed' | 'restored' | 'removed'
}

/**
 * Notes changes of one person in the running transaction. Once it has committed the bell rings for them, and those are called who
 * listen to the nouns: `database.onCommit('backups', …)`.
 */
export async function recordChanges(tx: Writer, userId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await tx.execute(
    `insert into meta.changes (user_id, noun, object_id, kind)
     select $1, c.noun, c.object_id, c.kind
     from jsonb_to_recordset($2::jsonb) as c(noun text, object_id uuid, kind text)`,
    [userId, JSON.stringify(changes.map((c) => ({ noun: c.noun, object_id: c.objectId, kind: c.kind })))],
  )
  for (const { noun } of changes) tx.announce(noun)
  ringOnCommit(tx, userId)
}

/** The newest change number of one person; 0 when nothing ever changed. */
export async function latestChange(tx: Reader): Promise<number> {
  const row = await tx.one<{ seq: number }>(`select coalesce(max(seq), 0) as seq from meta.changes`)
  return row?.seq ?? 0
}

/** What changed after `seq`, as the nouns touched and the newest number. */
export async function changesAfter(tx: Reader, seq: number): Promise<{ seq: number; nouns: Noun[] }> {
  const rows = await tx.query<{ seq: number; noun: Noun }>(
    `select max(seq) as seq, noun from meta.changes where seq > $1 group by noun`,
    [seq],
  )
  return { seq: rows.reduce((top, row) => Math.max(top, row.seq), seq), nouns: rows.map((row) => row.noun) }
}

const bellTopic = 'bell'

/** Lets the bell ring for a person once the running transaction has committed; a transaction that is rolled back rings nothing. */
export function ringOnCommit(tx: Writer, userId: string): void {
  tx.announce(bellTopic, userId)
}

/** Tells followers in this process that there is something new to read; carries no content. It rings by itself, on commit. */
export interface Bell {
  /** Nothing of this noun that is stored has changed, but what is shown of it has, as when a drive comes or work ends. */
  showAgain(userId: string, noun: Noun): void
  /** `noun` is null when something was stored. */
  listen(listener: (userId: string, noun: Noun | null) => void): () => void
  /**
   * Does something of which the answer must be there before the news: an answer that signs somebody in, before they hear that they have to
   * be. What was stored meanwhile, by anybody, rings once it has ended.
   */
  hold<T>(work: () => Promise<T>): Promise<T>
}

export function createBell(database: Pick<Database, 'onCommit'>): Bell {
  const emitter = new EventEmitter().setMaxListeners(0)
  const held = new Set<string>()
  let holding = 0
  const ringHeld = (): void => {
    if (holding > 0) return
    const people = [...held]
    held.clear()
    for (const userId of people) emitter.emit('ring', userId, null)
  }
  database.onCommit(bellTopic, (people) => {
    for (const userId of people) held.add(userId)
    ringHeld()
  })
  return {
    showAgain: (userId, noun) => void emitter.emit('ring', userId, noun),
    listen(listener) {
      emitter.on('ring', listener)
      return () => void emitter.off('ring', listener)
    },
    async hold(work) {
      holding += 1
      try {
        return await work()
      } finally {
        holding -= 1
        // The answer goes first.
        setImmediate(ringHeld)
      }
    },
  }
}
