import { z } from 'zod'
import { endsIn, renewal } from '../as-account.ts'
import type { Connected, OAuthWay, Session, Tokens } from '../connector.ts'
import { askJson, sentences, type Fetch } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'

/** What is asked for: nothing but reading. */
const scope = 'read:accounts read:statuses'

const token = z.looseObject({
  access_token: z.string().min(1).max(10_000),
  scope: z.string().max(2000).optional(),
  expires_in: z.number().optional(),
  refresh_token: z.string().max(10_000).optional(),
})

/** Signing in: each server gives a client id of its own to every program that asks (`POST /api/v1/apps`). */
export const signIn: OAuthWay = {
  needsOwnClient: false,
  async begin({ server, redirect, state, challenge, network, signal }) {
    const home = baseOf(server)
    const { json } = await askJson(network, `${home}/api/v1/apps`, {
      method: 'POST',
      body: new URLSearchParams({ client_name: 'Coffer', redirect_uris: redirect, scopes: scope, website: '' }),
      signal,
    })
    const app = readAnswer(z.looseObject({ client_id: z.string(), client_secret: z.string() }), json)
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: app.client_id,
      redirect_uri: redirect,
      scope,
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    return {
      url: `${home}/oauth/authorize?${query.toString()}`,
      client: { id: app.client_id, secret: app.client_secret },
      server: home,
    }
  },
  async finish({ code, verifier, redirect, client, server, network, signal }) {
    const home = baseOf(server)
    const { json } = await askJson(network, `${home}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client.id,
        client_secret: client.secret ?? '',
        redirect_uri: redirect,
        code,
        code_verifier: verifier,
        scope,
      }),
      signal,
    })
    const given = readAnswer(token, json)
    if (given.scope !== undefined && !/(?:^|\s)read(?::statuses)?(?:\s|$)/.test(given.scope)) {
      throw new ServiceError('refused', 'The server did not allow Coffer to read posts.')
    }
    const account = await accountAt(home, given.access_token, { network, signal })
    return {
      // The address that archives name as well.
      platformUserId: account.uri,
      username: `${account.username}@${new URL(account.uri).host}`,
      displayName: account.displayName,
      profileUrl: account.url,
      avatarUrl: null,
      server: home,
      authKind: 'oauth',
      tokens: {
        access: given.access_token,
        refresh: given.refresh_token ?? null,
        expiresAt: endsIn(given.expires_in),
        scope: given.scope ?? scope,
      },
    } satisfies Connected
  },
}

/** New tokens, of servers whose tokens end. */
export async function refresh(session: Session): Promise<Tokens> {
  const old = session.tokens()
  const client = session.client()
  if (old.refresh === null || client === null) throw new ServiceError('expired', sentences.expired)
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: client.id,
    client_secret: client.secret ?? '',
    refresh_token: old.refresh,
  })
  const { json } = await renewal(() =>
    askJson(session.network, `${session.server}/oauth/token`, { method: 'POST', body, signal: session.signal }),
  )
  const given = readAnswer(token, json)
  return {
    access: given.access_token,
    refresh: given.refresh_token ?? old.refresh,
    expiresAt: endsIn(given.expires_in),
    scope: given.scope ?? old.scope,
  }
}

const account = z.looseObject({
  id: z.string().min(1).max(200),
  username: z.string().min(1).max(200),
  display_name: z.string().catch(''),
  url: z.string().catch(''),
  uri: z.string().optional(),
})

/** Whose token it is: the address the account has everywhere, and the number it has at its own server. */
export async function accountAt(
  home: string,
  access: string,
  by: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<{ id: string; uri: string; username: string; displayName: string | null; url: string | null }> {
  const { json } = await askJson(by.network, `${home}/api/v1/accounts/verify_credentials`, {
    headers: { authorization: `Bearer ${access}` },
    signal: by.signal,
  })
  const found = readAnswer(account, json)
  // Servers before 4.2 do not tell the address itself; theirs has this shape.
  const uri = found.uri ?? `${home}/users/${encodeURIComponent(found.username)}`
  if (!URL.canParse(uri)) throw new ServiceError('nonsense', sentences.nonsense)
  return {
    id: found.id,
    uri,
    username: found.username,
    displayName: found.display_name || null,
    url: found.url || null,
  }
}

function baseOf(server: string | null): string {
  if (server === null) throw new ServiceError('refused', 'Say which server the account is on, such as mastodon.social.')
  const address = /^https?:\/\//.test(server) ? server : `https://${server}`
  if (!URL.canParse(address)) throw new ServiceError('refused', 'This is not the address of a server.')
  return new URL(address).origin
}
