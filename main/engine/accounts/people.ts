import type { Action, NewPerson, Person, PersonEdit } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Database, Writer } from '../database/index.ts'
import { record } from '../objects/index.ts'
import { hashChecked } from './hash-checked.ts'

const columns = `id, username, display_name as "displayName", is_admin as "isAdmin", is_active as "isActive",
  password_hash is not null as "hasPassword", storage_used as "storageUsed", storage_quota as "storageQuota",
  last_login_at as "lastSignInAt", created_at as "createdAt"`

/** Everybody in the vault, the first one first. */
export async function listUsers(database: Database): Promise<Person[]> {
  return database.asService((tx) =>
    tx.query<Person>(`select ${columns} from core.users where deleted_at is null order by created_at, id`),
  )
}

/** The people of each open database: every request asks for them, every thumbnail of a screen is one. */
const known = new WeakMap<Database, Promise<readonly Person[]>>()

/** Must be called after every change of who there is, what they may do, or whether they have a password. */
export function peopleChanged(database: Database): void {
  known.delete(database)
}

function people(database: Database): Promise<readonly Person[]> {
  const asked = known.get(database) ?? listUsers(database)
  known.set(database, asked)
  return asked.catch((error: unknown) => {
    known.delete(database)
    throw error
  })
}

/** What the first person of a vault is called; '' in one without people. */
export async function firstName(database: Database): Promise<string> {
  const [first] = await people(database)
  return first?.displayName ?? first?.username ?? ''
}

/** Everybody who may sign in, from memory: a locked window asks every few seconds. Sizes and times may be some minutes old. */
export async function whoMaySignIn(database: Database): Promise<Person[]> {
  return (await people(database)).filter((person) => person.isActive)
}

/** One person without a password is at home; a password, or a second person, makes everybody sign in. */
export async function isSignInNeeded(database: Database): Promise<boolean> {
  const all = await people(database)
  return all.length > 1 || all.some((person) => person.hasPassword)
}

/** The person a session is of, or null when they may not sign in any more. Sizes and times may be some minutes old. */
export async function personOf(database: Database, userId: string): Promise<Person | null> {
  const found = (await people(database)).find((person) => person.id === userId)
  return found?.isActive === true ? found : null
}

/** The person a command acts as: the one named, or the only one there is. Throws `user-unknown`. */
export async function personNamed(database: Database, name: string | undefined): Promise<Person> {
  const all = await people(database)
  if (name === undefined) {
    const [only] = all
    if (only && all.length === 1) return only
    throw new CofferError('This vault has several people. Say which one with --user NAME.', { code: 'user-unknown' })
  }
  const found = all.find((person) => person.username.toLowerCase() === name.toLowerCase())
  if (!found) throw new CofferError(`There is nobody named “${name}” in this vault.`, { code: 'user-unknown' })
  return found
}

/**
 * Adds a person; the first one may look after the vault. `by` is who adds them. Throws `user-exists`, `weak-password` and
 * `bad-request`.
 */
export async function addUser(database: Database, person: NewPerson, by?: Person): Promise<Person> {
  const username = person.username.trim()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}$/u.test(username)) {
    throw new CofferError('A name must start with a letter or digit and have at most 63 characters.', {
      code: 'bad-request',
    })
  }
  const passwordHash =
    person.password === undefined ? null : await hashChecked(person.password, [username, person.displayName ?? ''])
  const added = await database.asService(async (tx) => {
    if (
      await tx.one(`select 1 as x from core.users where lower(username) = lower($1) and deleted_at is null`, [username])
    ) {
      throw new CofferError(`There is already a person named “${username}”.`, { code: 'user-exists' })
    }
    const user = await tx.one<Person>(
      `insert into core.users (username, display_name, password_hash, storage_quota, is_admin)
       values ($1, $2, $3, $4, not exists (select 1 from core.users)) returning ${columns}`,
      [username, person.displayName ?? username, passwordHash, person.storageQuota ?? null],
    )
    if (!user) throw new Error('a user was not stored')
    await record(tx, {
      userId: user.id,
      action: 'users.added',
      ids: [user.id],
      change: 'added',
      details: by && { by: by.username },
    })
    if (by) await note(tx, by, 'users.added', user)
    return user
  })
  peopleChanged(database)
  return added
}

/**
 * Changes a person: their own name, or, by an administrator, whether they may sign in, may look after it
 * too, and how much they may keep. Throws `not-found`, `forbidden`, and `conflict` when nobody would be left to look
 * after the vault.
 */
export async function editUser(database: Database, by: Person, userId: string, edit: PersonEdit): Promise<Person> {
  const { displayName, ...others } = edit
  if (!by.isAdmin && by.id !== userId) throw nobody()
  if (!by.isAdmin && Object.keys(others).length > 0) throw onlyAdmins()
  const after = await database.asService(async (tx) => {
    const before = await tx.one<Person>(
      `select ${columns} from core.users where id = $1 and deleted_at is null for update`,
      [userId],
    )
    if (!before) throw nobody()
    const { isActive = before.isActive, isAdmin = before.isAdmin, storageQuota = before.storageQuota } = others
    const name = displayName ?? before.displayName
    const isSame =
      name === before.displayName &&
      isActive === before.isActive &&
      isAdmin === before.isAdmin &&
      storageQuota === before.storageQuota
    if (isSame) return before
    const person = await tx.one<Person>(
      `update core.users set display_name = $2, is_active = $3, is_admin = $4, storage_quota = $5
       where id = $1 returning ${columns}`,
      [userId, name, isActive, isAdmin, storageQuota],
    )
    if (!person) throw new Error('a user was not changed')
    if (!(await tx.one(`select 1 as x from core.users where is_admin and is_active and deleted_at is null limit 1`))) {
      throw new CofferError('A vault needs an administrator. Make another person an administrator first.', {
        code: 'conflict',
      })
    }
    if (name !== before.displayName) await noteBoth(tx, by, 'users.renamed', person, { to: name })
    if (isActive !== before.isActive) await noteBoth(tx, by, isActive ? 'users.enabled' : 'users.disabled', person)
    if (isAdmin !== before.isAdmin) await noteBoth(tx, by, isAdmin ? 'users.made-admin' : 'users.no-admin', person)
    if (storageQuota !== before.storageQuota) {
      await noteBoth(tx, by, 'users.quota-changed', person, { bytes: storageQuota })
    }
    return person
  })
  peopleChanged(database)
  return after
}

type PersonAction = Extract<Action, `users.${string}`>

/** Notes something done to a person in their own log and in that of the person who did it. */
export async function noteBoth(
  tx: Writer,
  by: Person,
  action: PersonAction,
  person: Person,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await note(tx, by, action, person, details)
  if (by.id !== person.id) {
    await record(tx, {
      userId: person.id,
      action,
      ids: [person.id],
      change: 'changed',
      details: { ...details, by: by.username },
    })
  }
}

async function note(
  tx: Writer,
  by: Person,
  action: PersonAction,
  person: Person,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const name = by.id === person.id ? {} : { name: person.username }
  await record(tx, { userId: by.id, action, ids: [person.id], change: 'changed', details: { ...details, ...name } })
}

/** What is said of an id that is unknown, or that is none of the asker's business. */
export function nobody(): CofferError {
  return new CofferError('There is no such person in this vault.', { code: 'not-found' })
}

function onlyAdmins(): CofferError {
  return new CofferError('Only an administrator of this vault can do that.', { code: 'forbidden' })
}
