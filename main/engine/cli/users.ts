import { sessionEndpoints, userEndpoints, type Person } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { recoverVaultPassword } from '../engine.ts'
import type { Client } from './client.ts'
import { bytesInWords, exitCodes, plural, table, type Output } from './output.ts'
import { newPassword } from './password.ts'
import { secretLine } from './secrets.ts'

export async function usersList(client: Client, output: Output): Promise<number> {
  const { items: people } = await client.call(userEndpoints.list, {})
  output.answer(
    people,
    table(
      people.map((person) => [
        person.username,
        [person.isAdmin && 'admin', !person.isActive && 'disabled', !person.hasPassword && 'no password']
          .filter((word) => word !== false)
          .join(', '),
        person.storageQuota === null
          ? bytesInWords(person.storageUsed)
          : `${bytesInWords(person.storageUsed)} of ${bytesInWords(person.storageQuota)}`,
        person.id,
      ]),
    ),
  )
  return exitCodes.done
}

export async function usersAdd(
  client: Client,
  name: string,
  options: { readonly passphraseFile?: string; readonly quota?: string },
  output: Output,
): Promise<number> {
  const password = options.passphraseFile === undefined ? undefined : await secretLine(options.passphraseFile)
  const storageQuota = options.quota === undefined ? undefined : quotaIn(options.quota)
  const person = await client.call(userEndpoints.add, {
    body: {
      username: name,
      ...(password !== undefined && { password }),
      ...(storageQuota !== undefined && { storageQuota }),
    },
  })
  output.answer(person, [`${person.username} was added.`])
  if (!person.hasPassword) output.say(`Anyone at this computer can sign in as ${person.username} without a password.`)
  return exitCodes.done
}

export async function usersPasswd(
  client: Client,
  name: string,
  options: { readonly passphraseFile?: string },
  output: Output,
): Promise<number> {
  const person = await personNamed(client, name)
  const password = await newPassword(person.username, options.passphraseFile)
  await client.call(userEndpoints.setPassword, {
    params: { id: person.id },
    body: { password, ...(client.password !== null && { current: client.password }) },
  })
  output.answer({ user: person.username }, [`The password of ${person.username} was changed.`, protects])
  return exitCodes.done
}

/** What is said wherever a password is set. */
const protects =
  'It keeps other people who use this Coffer out; it does not encrypt files on this disk, and an administrator can set a new one.'

/** A forgotten password is replaced by anyone who holds the files: the app must be closed, and the log says it was done. */
export async function usersRecover(
  vaultDir: string,
  name: string,
  options: { readonly passphraseFile?: string },
  output: Output,
): Promise<number> {
  const password = await newPassword(name, options.passphraseFile)
  const username = await recoverVaultPassword(vaultDir, name, password)
  output.answer({ user: username }, [`${username} has a new password. Their activity shows that it was replaced.`])
  return exitCodes.done
}

export async function usersEdit(
  client: Client,
  name: string,
  edit: { readonly isActive?: boolean; readonly quota?: string },
  output: Output,
): Promise<number> {
  const person = await personNamed(client, name)
  const after = await client.call(userEndpoints.edit, {
    params: { id: person.id },
    body: {
      ...(edit.isActive !== undefined && { isActive: edit.isActive }),
      ...(edit.quota !== undefined && { storageQuota: quotaIn(edit.quota) }),
    },
  })
  const may = after.isActive ? 'may sign in' : 'may not sign in'
  const keep =
    after.storageQuota === null ? 'has no storage limit' : `has a storage limit of ${bytesInWords(after.storageQuota)}`
  output.answer(after, [`${after.username} ${may} and ${keep}.`])
  return exitCodes.done
}

export async function usersSessions(client: Client, output: Output): Promise<number> {
  const { items: sessions } = await client.call(sessionEndpoints.list, {})
  output.answer(sessions, [
    ...table(
      sessions.map((each) => [
        each.client,
        each.lastUsedAt.replace('T', ' ').slice(0, 16),
        each.isCurrent ? 'this one' : '',
        each.id,
      ]),
    ),
    plural(sessions.length, 'session.', 'sessions.'),
  ])
  return exitCodes.done
}

export async function usersSignOut(client: Client, output: Output): Promise<number> {
  await client.call(sessionEndpoints.endAll, {})
  output.answer({ signedOut: true }, ['Signed out everywhere.'])
  return exitCodes.done
}

async function personNamed(client: Client, name: string): Promise<Person> {
  const { items: people } = await client.call(userEndpoints.list, {})
  const person = people.find((each) => each.username.toLowerCase() === name.toLowerCase())
  if (!person) throw new CofferError(`There is nobody named “${name}” in this vault.`, { code: 'user-unknown' })
  return person
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 }

/** `500 GB` as bytes, in steps of 1000 as disks are sold; `none` is no limit. */
function quotaIn(text: string): number | null {
  if (text.toLowerCase() === 'none') return null
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim()) ?? []
  const bytes = Math.round(Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN))
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  throw new CofferError(`“${text}” is not a size. Use for example 500GB, or none.`, { code: 'wrong-usage' })
}
