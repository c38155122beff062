import type { Context } from 'hono'
import { userEndpoints } from '../../contract/index.ts'
import {
  addUser,
  changePassword,
  editUser,
  isSignInNeeded,
  listUsers,
  removePassword,
  resetPassword,
} from '../accounts/index.ts'
import { passwordStrength } from '../keys/index.ts'
import { notFound, whole } from './context.ts'
import { clientOf, giveCookies, keepsCookies, type Caller } from './gate.ts'
import type { On } from './mount.ts'

export function userRoutes(on: On): void {
  on(userEndpoints.list, async ({ caller: { vault, person } }) => {
    const all = await listUsers(vault.database)
    return whole(person.isAdmin ? all : all.filter((each) => each.id === person.id))
  })
  on(userEndpoints.add, async ({ caller, body, context }) => {
    return caller.vault.bell.hold(async () => {
      const added = await addUser(caller.vault.database, body, caller.person)
      await staySignedIn(context, caller)
      return added
    })
  })
  on(userEndpoints.edit, async ({ caller: { vault, person }, params, body }) => {
    const after = await editUser(vault.database, person, params.id, body)
    if (!after.isActive) await vault.sessions.endAll(params.id, 'disabled')
    return after
  })
  on(userEndpoints.setPassword, async ({ caller, params, body, context }) => {
    const { vault, person, sessionId } = caller
    const { password, current } = body
    if (params.id === person.id) {
      await vault.bell.hold(async () => {
        await changePassword(vault, person, { password, ...(current !== undefined && { current }) }, sessionId)
        await staySignedIn(context, caller)
      })
    } else await resetPassword(vault, person, params.id, password)
  })
  on(userEndpoints.removePassword, async ({ caller: { vault, person }, params, body }) => {
    if (params.id !== person.id) throw notFound('person')
    await removePassword(vault.database, person, body.current)
  })
  on(userEndpoints.strength, ({ caller: { vault, person }, body }) =>
    passwordStrength(body.password, [person.username, person.displayName ?? '', vault.file.name, 'coffer']),
  )
}

/** After the first password, or the second person, the vault asks for sign-ins. Anyone who did that in a window stays signed in. */
async function staySignedIn(c: Context, { vault, userId, sessionId }: Caller): Promise<void> {
  const client = clientOf(c)
  if (sessionId !== null || !keepsCookies(client) || !(await isSignInNeeded(vault.database))) return
  giveCookies(c, await vault.sessions.begin(userId, client))
}
