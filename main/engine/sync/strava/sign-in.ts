import { z } from 'zod'
import { endsIn, renewal } from '../as-account.ts'
import type { Connected, OAuthWay, Session, Tokens } from '../connector.ts'
import { askJson, sentences, type Fetch } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'
import { redirectHost } from './unverified.ts'

const site = 'https://www.strava.com'
const scope = 'read,activity:read_all'

const athleteSchema = z.looseObject({
  id: z.int().positive(),
  username: z.string().max(200).nullish().catch(null),
  firstname: z.string().nullish().catch(null),
  lastname: z.string().nullish().catch(null),
})
const tokenSchema = z.looseObject({
  access_token: z.string().min(1).max(10_000),
  refresh_token: z.string().min(1).max(10_000),
  expires_in: z.number().optional(),
  expires_at: z.number().optional(),
  athlete: athleteSchema.optional().catch(undefined),
})

/** Signing in with an app of the person's own: Strava gives every developer one, and wants its secret. */
export const signIn: OAuthWay = {
  needsOwnClient: true,
  redirectHost,
  async begin({ redirect, state, client }) {
    if (client?.secret === null || client === null) throw new ServiceError('refused', sentences.refused)
    const query = new URLSearchParams({
      client_id: client.id,
      redirect_uri: redirect,
      response_type: 'code',
      approval_prompt: 'auto',
      scope,
      state,
    })
    return { url: `${site}/oauth/authorize?${query.toString()}`, client, server: null }
  },
  async finish({ code, query, client, network, signal }) {
    // Somebody may have unticked what was asked for.
    const allowed = query.get('scope')
    if (allowed !== null && !/(?:^|[,\s])activity:read(?:_all)?(?:$|[,\s])/.test(allowed)) {
      throw new ServiceError('refused', 'Strava did not allow Coffer to read activities. Leave its boxes ticked.')
    }
    const body = { client_id: client.id, client_secret: client.secret ?? '', code, grant_type: 'authorization_code' }
    const token = await tokenFor(body, { network, signal })
    const athlete = token.athlete ?? (await athleteOf(token.access_token, { network, signal }))
    return {
      platformUserId: String(athlete.id),
      username: athlete.username || null,
      displayName: `${athlete.firstname ?? ''} ${athlete.lastname ?? ''}`.trim() || null,
      profileUrl: `${site}/athletes/${athlete.id}`,
      avatarUrl: null,
      server: null,
      authKind: 'oauth',
      tokens: tokensOf(token, allowed ?? scope),
    } satisfies Connected
  },
}

/** New tokens; each time the old refresh token ends as well. */
export async function refresh(session: Session): Promise<Tokens> {
  const old = session.tokens()
  const client = session.client()
  if (old.refresh === null || client === null) throw new ServiceError('expired', sentences.expired)
  const body = {
    client_id: client.id,
    client_secret: client.secret ?? '',
    grant_type: 'refresh_token',
    refresh_token: old.refresh,
  }
  const token = await renewal(() => tokenFor(body, session))
  return tokensOf(token, old.scope)
}

type Token = z.infer<typeof tokenSchema>

async function tokenFor(
  body: Readonly<Record<string, string>>,
  { network, signal }: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<Token> {
  const asking = { method: 'POST', body: new URLSearchParams(body), signal } as const
  const { json } = await askJson(network, `${site}/oauth/token`, asking)
  return readAnswer(tokenSchema, json)
}

function tokensOf(token: Token, allowed: string | null): Tokens {
  const { expires_in: seconds, expires_at: at } = token
  return {
    access: token.access_token,
    refresh: token.refresh_token,
    expiresAt: endsIn(seconds) ?? (at === undefined ? null : new Date(at * 1000).toISOString()),
    scope: allowed,
  }
}

async function athleteOf(
  access: string,
  { network, signal }: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<z.infer<typeof athleteSchema>> {
  const headers = { authorization: `Bearer ${access}` }
  const { json } = await askJson(network, `${site}/api/v3/athlete`, { headers, signal })
  return readAnswer(athleteSchema, json)
}
