import type { Person } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Database, Writer } from '../database/index.ts'
import { record } from '../objects/index.ts'
import { provePassword } from './attempts.ts'
import { hashChecked } from './hash-checked.ts'
import { listUsers, nobody, noteBoth, peopleChanged } from './people.ts'
import type { Sessions } from './sessions.ts'

/**
 * A person changes their own password, or gives themselves the first; their other sessions end. Throws `weak-password`,
 * and `sign-in-failed` or `too-many-attempts` when the current one is not right.
 */
export async function changePassword(
  context: { readonly database: Database; readonly sessions: Sessions },
  person: Person,
  input: { readonly password: string; readonly current?: string },
  ownSession: string | null,
): Promise<void> {
  const { database, sessions } = context
  if (person.hasPassword) await provePassword(database, { userId: person.id }, input.current ?? '')
  const hash = await hashChecked(input.password, wordsOf(person))
  await database.asService(async (tx) => {
    await store(tx, person.id, hash)
    await record(tx, { userId: person.id, action: 'users.password-changed', ids: [person.id], change: 'changed' })
  })
  peopleChanged(database)
  await sessions.endAll(person.id, 'password', ownSession)
}

/** An administrator gives another person a new password; all their sessions end. Throws `not-found`. */
export async function resetPassword(
  context: { readonly database: Database; readonly sessions: Sessions },
  by: Person,
  userId: string,
  password: string,
): Promise<void> {
  const { database, sessions } = context
  if (!by.isAdmin) throw nobody()
  const person = (await listUsers(database)).find((each) => each.id === userId)
  if (!person) throw nobody()
  const hash = await hashChecked(password, wordsOf(person))
  await database.asService(async (tx) => {
    await store(tx, userId, hash)
    await noteBoth(tx, by, 'users.password-reset', person)
  })
  peopleChanged(database)
  await sessions.endAll(userId, 'password')
}

/** Takes the password away where only one person is. Throws `conflict` with several, and what a wrong one throws. */
export async function removePassword(database: Database, person: Person, current: string): Promise<void> {
  if ((await listUsers(database)).length > 1) {
    throw new CofferError('In a vault with several people, each of them needs a password.', { code: 'conflict' })
  }
  await provePassword(database, { userId: person.id }, current)
  await database.asService(async (tx) => {
    await store(tx, person.id, null)
    await record(tx, { userId: person.id, action: 'users.password-removed', ids: [person.id], change: 'changed' })
  })
  peopleChanged(database)
}

/**
 * Gives a person a new password without the old one. Anyone who holds the files of a vault can read them anyway, so this is
 * no way around anything; it keeps a forgotten password from standing between people and their photos. Call it only with
 * the vault opened here, never through the API. Throws `user-unknown` and `weak-password`.
 */
export async function recoverPassword(
  context: { readonly database: Database; readonly sessions: Sessions },
  person: Person,
  password: string,
): Promise<void> {
  const { database, sessions } = context
  const hash = await hashChecked(password, wordsOf(person))
  await database.asService(async (tx) => {
    await store(tx, person.id, hash)
    await record(tx, { userId: person.id, action: 'users.password-recovered', ids: [person.id], change: 'changed' })
  })
  peopleChanged(database)
  await sessions.endAll(person.id, 'password')
}

/** What somebody who knows the person would try first. */
function wordsOf({ username, displayName }: Person): string[] {
  return [username, displayName ?? '']
}

async function store(tx: Writer, userId: string, hash: string | null): Promise<void> {
  await tx.execute(
    `update core.users set password_hash = $2, failed_sign_ins = 0, sign_in_after = null where id = $1`,
    [userId, hash],
  )
}
