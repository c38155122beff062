import { createHash, randomBytes } from 'node:crypto'
import type { TestContext } from 'vitest'
import { fakeService, type Answer, type Asked, type FakeService } from './fake-service.ts'

export interface FakeMastodon extends FakeService {
  readonly actor: string
  /** Seconds a token is good for; null is for ever. */
  expiresIn: number | null
  /** What is left of 300 calls. */
  remaining: number
  /** Posts something; answers its number. */
  post(text: string, more?: object): string
  edit(id: string, text: string): void
  remove(id: string): void
  /** Adds a picture; answers what a post has in `media_attachments`. */
  picture(bytes: Buffer): object
  revoke(): void
  /** Ends all access tokens, as time does. */
  expire(): void
  /** Every token and secret that was given. */
  readonly secrets: string[]
}

interface App {
  readonly secret: string
  readonly redirect: string
  readonly scopes: string
}

const secret = (): string => randomBytes(16).toString('base64url')

/** A server of Mastodon as its documentation describes it, with one account; it refuses what a real one refuses. */
export async function fakeMastodon(t: TestContext): Promise<FakeMastodon> {
  const apps = new Map<string, App>()
  const codes = new Map<string, { client: string; redirect: string; challenge: string; scope: string }>()
  const access = new Map<string, string>()
  const refreshes = new Map<string, string>()
  const files = new Map<string, Buffer>()
  let statuses: Record<string, unknown>[] = []
  let next = 100

  const refused = (status: number, error: string, error_description?: string): Answer => ({
    status,
    json: { error, ...(error_description !== undefined && { error_description }) },
  })
  const give = (clientId: string, scope: string): Answer => {
    const [token, refresh] = [secret(), secret()]
    access.set(token, scope)
    if (service.expiresIn !== null) refreshes.set(refresh, clientId)
    service.secrets.push(token, refresh)
    return {
      json: {
        access_token: token,
        token_type: 'Bearer',
        scope,
        created_at: Math.floor(Date.now() / 1000),
        ...(service.expiresIn !== null && { expires_in: service.expiresIn, refresh_token: refresh }),
      },
    }
  }
  const tokenFor = (asked: Asked): Answer => {
    const app = apps.get(asked.form.get('client_id') ?? '')
    if (!app || app.secret !== asked.form.get('client_secret')) {
      return refused(401, 'invalid_client', 'Client authentication failed due to unknown client.')
    }
    const clientId = asked.form.get('client_id') ?? ''
    if (asked.form.get('grant_type') === 'refresh_token') {
      const given = asked.form.get('refresh_token') ?? ''
      if (refreshes.get(given) !== clientId) return refused(400, 'invalid_grant', 'The provided grant is invalid.')
      refreshes.delete(given)
      return give(clientId, app.scopes)
    }
    const code = codes.get(asked.form.get('code') ?? '')
    codes.delete(asked.form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(asked.form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight =
      asked.form.get('grant_type') === 'authorization_code' &&
      code?.client === clientId &&
      code.redirect === asked.form.get('redirect_uri') &&
      code.challenge === challenge
    return isRight ? give(clientId, code.scope) : refused(400, 'invalid_grant', 'The provided grant is invalid.')
  }
  const authorize = ({ url }: Asked): Answer => {
    const query = url.searchParams
    const app = apps.get(query.get('client_id') ?? '')
    const redirect = query.get('redirect_uri') ?? ''
    const scope = query.get('scope') ?? 'read'
    if (!app || app.redirect !== redirect) return refused(400, 'The redirect uri included is not valid.')
    if (query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256') {
      return refused(400, 'The request is missing a required parameter.')
    }
    if (scope.split(' ').some((each) => !app.scopes.split(' ').includes(each))) return refused(400, 'invalid_scope')
    const code = secret()
    codes.set(code, {
      client: query.get('client_id') ?? '',
      redirect,
      challenge: query.get('code_challenge') ?? '',
      scope,
    })
    const back = new URL(redirect)
    back.searchParams.set('code', code)
    if (query.has('state')) back.searchParams.set('state', query.get('state') ?? '')
    return { status: 302, headers: { location: back.href } }
  }
  const listed = ({ url }: Asked): Answer => {
    const query = url.searchParams
    const limit = Number(query.get('limit') ?? 20)
    const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null)
    const [least, most] = [number('min_id'), number('max_id')]
    const all = statuses.toSorted((a, b) => Number(b['id']) - Number(a['id']))
    const found = all.filter(({ id }) => (most === null || Number(id) < most) && (least === null || Number(id) > least))
    const page = least === null ? found.slice(0, Math.min(limit, 40)) : found.slice(-Math.min(limit, 40))
    return { json: page }
  }
  const service: FakeMastodon = Object.assign(
    await fakeService(t, (asked) => {
      const { method, path, headers } = asked
      const file = files.get(path)
      if (file) return { bytes: file, headers: { 'content-type': 'image/jpeg' } }
      if (method === 'POST' && path === '/api/v1/apps') {
        const [id, key] = [secret(), secret()]
        if (!asked.form.has('client_name') || !asked.form.has('redirect_uris')) {
          return refused(422, 'Validation failed: Redirect URI must be an absolute URI.')
        }
        apps.set(id, {
          secret: key,
          redirect: asked.form.get('redirect_uris') ?? '',
          scopes: asked.form.get('scopes') ?? 'read',
        })
        service.secrets.push(key)
        return { json: { id: '1', name: 'Coffer', client_id: id, client_secret: key } }
      }
      if (method === 'GET' && path === '/oauth/authorize') return authorize(asked)
      if (method === 'POST' && path === '/oauth/token') return tokenFor(asked)
      const scope = access.get(headers.authorization?.replace(/^Bearer /, '') ?? '')
      if (scope === undefined) return refused(401, 'The access token is invalid')
      service.remaining -= 1
      const limits = {
        'x-ratelimit-limit': '300',
        'x-ratelimit-remaining': String(Math.max(0, service.remaining)),
        'x-ratelimit-reset': new Date(Date.now() + 240_000).toISOString(),
      }
      if (service.remaining < 0) return { ...refused(429, 'Too many requests'), headers: limits }
      if (path === '/api/v1/accounts/verify_credentials' && scope.includes('read:accounts')) {
        const json = {
          id: '7',
          username: 'ann',
          acct: 'ann',
          display_name: 'Ann',
          url: `${service.url}/@ann`,
          uri: service.actor,
        }
        return { json, headers: limits }
      }
      if (path === '/api/v1/accounts/7/statuses' && scope.includes('read:statuses')) {
        return { ...listed(asked), headers: limits }
      }
      return refused(path.startsWith('/api/v1/accounts/') ? 404 : 403, 'Record not found')
    }),
    {
      actor: '',
      expiresIn: null as number | null,
      remaining: 300,
      secrets: [] as string[],
      post(text: string, more: object = {}) {
        const id = String((next += 1))
        const account = { id: '7', uri: service.actor, followers_count: next }
        const uri = `${service.actor}/statuses/${id}`
        const created_at = new Date(Date.UTC(2024, 0, 1) + next * 3_600_000).toISOString()
        const figures = { replies_count: 0, reblogs_count: 1, favourites_count: 2 }
        const words = { content: `<p>${text}</p>`, spoiler_text: '', visibility: 'public', language: 'en' }
        const blank = {
          edited_at: null,
          in_reply_to_id: null,
          reblog: null,
          tags: [],
          media_attachments: [],
          poll: null,
        }
        statuses.push({
          id,
          uri,
          url: `${service.url}/@ann/${id}`,
          created_at,
          account,
          ...blank,
          ...words,
          ...figures,
          ...more,
        })
        return id
      },
      edit(id: string, text: string) {
        statuses = statuses.map((each) =>
          each['id'] === id ? { ...each, content: `<p>${text}</p>`, edited_at: '2024-06-01T10:00:00.000Z' } : each,
        )
      },
      remove(id: string) {
        statuses = statuses.filter((each) => each['id'] !== id)
      },
      picture(bytes: Buffer) {
        const id = String((next += 1))
        const path = `/system/media_attachments/files/000/000/${id}/original/a.jpg`
        files.set(path, bytes)
        return { id, type: 'image', url: `${service.url}${path}`, remote_url: null, description: 'A picture' }
      },
      revoke() {
        access.clear()
        refreshes.clear()
      },
      expire() {
        access.clear()
      },
    },
  )
  Object.assign(service, { actor: `${service.url}/users/ann` })
  return service
}
