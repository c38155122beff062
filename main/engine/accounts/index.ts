import { CofferError } from '../base/errors.ts'
import type { Database, Writer } from '../database/index.ts'
import { hashPassword } from '../keys/index.ts'
import { audit } from '../objects/index.ts'

export { erasable, eraseUser, finishErasing, type Erased } from './erase.ts'

export interface User {
  readonly id: string
  readonly username: string
  readonly displayName: string | null
  readonly isAdmin: boolean
  readonly hasPassword: boolean
  readonly createdAt: string
}

const columns = `id, username, display_name as "displayName", is_admin as "isAdmin",
  password_hash is not null as "hasPassword", created_at as "createdAt"`

/** Everybody in the vault, the first one first. */
export async function listUsers(database: Database): Promise<User[]> {
  return database.asService((tx) =>
    tx.query<User>(`select ${columns} from core.users where deleted_at is null order by created_at, id`),
  )
}

/** The people of each open database: every request asks for them, every thumbnail of a screen is one. */
const known = new WeakMap<Database, Promise<User[]>>()

/** The person a command acts as: the one named, or the only one there is. */
export async function findUser(database: Database, name: string | undefined): Promise<User> {
  const asked = known.get(database) ?? listUsers(database)
  known.set(database, asked)
  const users = await asked.catch((error: unknown) => {
    known.delete(database)
    throw error
  })
  if (name === undefined) {
    const [only] = users
    if (only && users.length === 1) return only
    throw new CofferError('This vault has several people. Say which one with --user NAME.', { code: 'user-unknown' })
  }
  const found = users.find((user) => user.username.toLowerCase() === name.toLowerCase())
  if (!found) throw new CofferError(`There is nobody named “${name}” in this vault.`, { code: 'user-unknown' })
  return found
}

/** Adds a person; the first one may look after the vault. Throws `user-exists` and `weak-password`. */
export async function addUser(
  database: Database,
  person: { readonly username: string; readonly displayName?: string; readonly password?: string },
): Promise<User> {
  const username = person.username.trim()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u.test(username)) {
    throw new CofferError('A name starts with a letter or digit and has at most 63 characters.', {
      code: 'bad-request',
    })
  }
  const passwordHash = person.password === undefined ? null : await hashChecked(person.password)
  const added = await database.asService(async (tx) => {
    if (
      await tx.one(`select 1 as x from core.users where lower(username) = lower($1) and deleted_at is null`, [username])
    ) {
      throw new CofferError(`There is already somebody named “${username}”.`, { code: 'user-exists' })
    }
    const user = await tx.one<User>(
      `insert into core.users (username, display_name, password_hash, is_admin)
       values ($1, $2, $3, not exists (select 1 from core.users)) returning ${columns}`,
      [username, person.displayName ?? username, passwordHash],
    )
    if (!user) throw new Error('a user was not stored')
    await audit(tx, user.id, 'users.added', { type: 'users', id: user.id })
    return user
  })
  known.delete(database)
  return added
}

/** Sets a person's password and ends their sessions. */
export async function setPassword(database: Database, userId: string, password: string): Promise<void> {
  const hash = await hashChecked(password)
  await database.asService(async (tx: Writer) => {
    const changed = await tx.execute(`update core.users set password_hash = $2 where id = $1 and deleted_at is null`, [
      userId,
      hash,
    ])
    if (changed === 0) throw new CofferError('There is no such person in this vault.', { code: 'user-unknown' })
    await tx.execute(`update core.refresh_tokens set revoked_at = now() where user_id = $1 and revoked_at is null`, [
      userId,
    ])
    await audit(tx, userId, 'users.password-changed', { type: 'users', id: userId })
  })
  known.delete(database)
}

async function hashChecked(password: string): Promise<string> {
  if (Array.from(new Intl.Segmenter().segment(password)).length < 12) {
    throw new CofferError('A password needs at least 12 characters.', { code: 'weak-password' })
  }
  return hashPassword(password)
}
