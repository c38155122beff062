import { badCursor, CofferError } from '../base/errors.ts'
import type { Reader, Writer } from '../database/index.ts'
import type { Caller } from './gate.ts'

/** Reads as the person who asks. */
export function readAs<T>({ vault, userId }: Caller, verb: (tx: Reader, userId: string) => Promise<T>): Promise<T> {
  return vault.database.read(userId, (tx) => verb(tx, userId))
}

/** Writes as the person who asks. */
export function writeAs<T>({ vault, userId }: Caller, verb: (tx: Writer, userId: string) => Promise<T>): Promise<T> {
  return vault.database.write(userId, (tx) => verb(tx, userId))
}

/** A list that is always answered whole. */
export function whole<T>(items: readonly T[]): { items: T[]; next: null } {
  return { items: [...items], next: null }
}

/** The cursor of a list that is continued after a number. Throws `bad-request` for one this program did not make. */
export function numberIn(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

/** The sentence every route says when an id is unknown or another person's: the two cannot be told apart. */
export function notFound(what: string): CofferError {
  return new CofferError(`There is no such ${what}.`, { code: 'not-found' })
}
