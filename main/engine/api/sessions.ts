import type { Context } from 'hono'
import { sessionEndpoints, type SignedInAnswer } from '../../contract/index.ts'
import type { SignedIn } from '../accounts/index.ts'
import { whole } from './context.ts'
import { clientOf, giveCookies, keepsCookies, takeCookies } from './gate.ts'
import type { On } from './mount.ts'
import type { Engine } from './port.ts'

export function sessionRoutes(on: On, engine: Engine): void {
  on(sessionEndpoints.signIn, async ({ body: { username, password }, context }) =>
    handOver(context, await engine.vault().sessions.signIn(username, password ?? '', clientOf(context))),
  )
  on(sessionEndpoints.refresh, async ({ body, context }) =>
    handOver(context, await engine.vault().sessions.renew(body.refreshToken)),
  )
  on(sessionEndpoints.list, async ({ caller: { vault, userId, sessionId } }) =>
    whole(await vault.sessions.list(userId, sessionId)),
  )
  on(sessionEndpoints.endAll, async ({ caller: { vault, userId }, context }) => {
    await vault.sessions.endAll(userId, 'everywhere')
    takeCookies(context)
  })
  on(sessionEndpoints.endCurrent, async ({ caller: { vault, userId, sessionId }, context }) => {
    if (sessionId !== null) await vault.sessions.end(userId, sessionId)
    takeCookies(context)
  })
  on(sessionEndpoints.end, async ({ caller: { vault, userId, sessionId }, params, context }) => {
    await vault.sessions.end(userId, params.id)
    if (params.id === sessionId) takeCookies(context)
  })
}

/** The answer to a new session: its tokens go into cookies or into the body, never both. */
function handOver(c: Context, signedIn: SignedIn): SignedInAnswer {
  const { person, sessionId, tokens } = signedIn
  const isKept = keepsCookies(clientOf(c))
  if (isKept) giveCookies(c, signedIn)
  return { person, sessionId, tokens: isKept ? null : tokens }
}
