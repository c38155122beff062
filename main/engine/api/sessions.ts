import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { sessionSchema, signedInSchema, signInSchema, type SignedInAnswer } from '../../contract/index.ts'
import type { SignedIn } from '../accounts/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, type ApiApp } from './context.ts'
import { clientOf, giveCookies, keepsCookies, takeCookies } from './gate.ts'

export function sessionRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'post',
      path: '/sessions',
      summary: 'Sign in; a person without a password does so by name alone',
      request: { body: { required: true, ...json(signInSchema, '') } },
      responses: { 201: json(signedInSchema, 'Who signed in, with tokens unless they went into cookies.') },
    }),
    async (c) => {
      const { username, password } = c.req.valid('json')
      const signedIn = await engine.vault().sessions.signIn(username, password ?? '', clientOf(c))
      return c.json(handOver(c, signedIn), 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/sessions/refresh',
      summary: 'Exchange a refresh token for new tokens; each is good once',
      request: { body: { required: true, ...json(z.object({ refreshToken: z.string().max(200) }), '') } },
      responses: { 200: json(signedInSchema, 'New tokens.') },
    }),
    async (c) => {
      const renewed = await engine.vault().sessions.renew(c.req.valid('json').refreshToken)
      return c.json(handOver(c, renewed), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/sessions',
      summary: 'Where this person is signed in, last used first',
      responses: { 200: json(z.object({ sessions: z.array(sessionSchema) }), 'Sessions that have not ended.') },
    }),
    async (c) => {
      const { vault, userId, sessionId } = await callerOf(engine, c.req.raw)
      return c.json({ sessions: await vault.sessions.list(userId, sessionId) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/sessions',
      summary: 'Sign out everywhere',
      responses: { 204: { description: 'Every session has ended, this one too.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      await vault.sessions.endAll(userId, 'everywhere')
      takeCookies(c)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/sessions/current',
      summary: 'Sign out, which is what locking is',
      responses: { 204: { description: 'This session has ended.' } },
    }),
    async (c) => {
      const { vault, userId, sessionId } = await callerOf(engine, c.req.raw)
      if (sessionId !== null) await vault.sessions.end(userId, sessionId)
      takeCookies(c)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/sessions/{id}',
      summary: 'End one session',
      request: { params: idParam },
      responses: { 204: { description: 'It has ended.' } },
    }),
    async (c) => {
      const { vault, userId, sessionId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      await vault.sessions.end(userId, id)
      if (id === sessionId) takeCookies(c)
      return c.body(null, 204)
    },
  )
  return part
}

/** The answer to a new session: its tokens go into cookies or into the body, never both. */
export function handOver(c: Context, signedIn: SignedIn): SignedInAnswer {
  const { person, sessionId, tokens } = signedIn
  const isKept = keepsCookies(clientOf(c))
  if (isKept) giveCookies(c, signedIn)
  return { person, sessionId, tokens: isKept ? null : tokens }
}
