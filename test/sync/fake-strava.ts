import { randomBytes } from 'node:crypto'
import type { TestContext } from 'vitest'
import { fakeService, networkOf, type Answer, type Asked, type FakeService } from './fake-service.ts'

export const ownApp = { clientId: '4711', clientSecret: 'the secret of my own app' }
export const athleteId = 227615

export interface FakeStrava extends FakeService {
  readonly network: (url: string, init: RequestInit) => Promise<Response>
  expiresIn: number
  /** What the person leaves ticked. */
  allowed: string
  /** Reads of this quarter of an hour, of how many. */
  reads: number
  most: number
  add(activity: {
    readonly name: string
    readonly start: string
    readonly photo?: Buffer
    readonly more?: object
  }): number
  edit(id: number, more: object): void
  remove(id: number): void
  expire(): void
  revoke(): void
  readonly secrets: string[]
}

type Activity = Record<string, unknown> & { id: number; start_date: string }
const secret = (): string => randomBytes(20).toString('hex')
const detailed = ['description', 'calories', 'device_name', 'gear', 'segment_efforts', 'photo']

/** Strava as its reference describes it, with one athlete and the app of one developer. */
export async function fakeStrava(t: TestContext): Promise<FakeStrava> {
  let activities: Activity[] = []
  const codes = new Set<string>()
  const access = new Map<string, string>()
  let refresh = ''
  let next = 9_000_000_000
  const files = new Map<string, Buffer>()
  const fault = (status: number, message: string, ...errors: readonly [string, string, string][]): Answer => ({
    status,
    json: { message, errors: errors.map(([resource, field, code]) => ({ resource, field, code })) },
  })
  const authorize = ({ url }: Asked): Answer => {
    const query = url.searchParams
    const redirect = query.get('redirect_uri') ?? ''
    const scopes = query.get('scope') ?? ''
    if (query.get('client_id') !== ownApp.clientId)
      return fault(400, 'Bad Request', ['Application', 'client_id', 'invalid'])
    if (!URL.canParse(redirect) || new URL(redirect).hostname !== 'localhost') {
      return fault(400, 'Bad Request', ['Application', 'redirect_uri', 'invalid'])
    }
    if (query.get('response_type') !== 'code' || scopes === '' || scopes.includes(' ')) {
      return fault(400, 'Bad Request', ['Authorize', 'scope', 'invalid'])
    }
    const code = secret()
    codes.add(code)
    const back = new URL(redirect)
    for (const [key, value] of [
      ['state', query.get('state') ?? ''],
      ['code', code],
      ['scope', service.allowed],
    ] as const) {
      back.searchParams.set(key, value)
    }
    return { status: 302, headers: { location: back.href } }
  }
  const token = ({ form }: Asked): Answer => {
    if (form.get('client_id') !== ownApp.clientId || form.get('client_secret') !== ownApp.clientSecret) {
      return fault(401, 'Authorization Error', ['Application', '', 'invalid'])
    }
    const kind = form.get('grant_type')
    if (kind === 'authorization_code' ? !codes.delete(form.get('code') ?? '') : form.get('refresh_token') !== refresh) {
      return fault(400, 'Bad Request', ['RefreshToken', kind === 'refresh_token' ? 'refresh_token' : 'code', 'invalid'])
    }
    const given = secret()
    refresh = secret()
    access.set(given, service.allowed)
    service.secrets.push(given, refresh)
    return {
      json: {
        token_type: 'Bearer',
        expires_at: Math.floor(Date.now() / 1000) + service.expiresIn,
        expires_in: service.expiresIn,
        refresh_token: refresh,
        access_token: given,
        ...(kind === 'authorization_code' && {
          athlete: { id: athleteId, username: null, firstname: 'Ann', lastname: 'B' },
        }),
      },
    }
  }
  const summary = (activity: Activity): object => ({
    ...Object.fromEntries(Object.entries(activity).filter(([key]) => !detailed.includes(key))),
    resource_state: 2,
  })
  const read = ({ path, url }: Asked): Answer => {
    const query = url.searchParams
    if (path === '/api/v3/athlete/activities') {
      const perPage = Number(query.get('per_page') ?? 30)
      if (perPage > 200) return fault(400, 'Bad Request', ['Application', 'per page', 'limit exceeded'])
      const second = (activity: Activity): number => Date.parse(activity.start_date) / 1000
      const [after, before] = [query.get('after'), query.get('before')]
      const found = activities
        .filter((each) => after === null || second(each) > Number(after))
        .filter((each) => before === null || second(each) < Number(before))
        .toSorted((a, b) => (after === null ? second(b) - second(a) : second(a) - second(b)) || a.id - b.id)
      const start = (Number(query.get('page') ?? 1) - 1) * perPage
      return { json: found.slice(start, start + perPage).map(summary) }
    }
    const [, number, part = ''] = /^\/api\/v3\/activities\/(\d+)(?:\/(\w+))?$/.exec(path) ?? []
    const found = activities.find((each) => each.id === Number(number))
    if (!found) return fault(404, 'Record Not Found', ['Activity', 'id', 'invalid'])
    if (part === '') return { json: { ...found, resource_state: 3 } }
    if (part === 'streams') {
      if (query.get('key_by_type') !== 'true') return { json: [] }
      const latlng = {
        data: [
          [52.5, 13.4],
          [52.501, 13.41],
          [52.51, 13.42],
        ],
        series_type: 'distance',
        original_size: 3,
      }
      return { json: { latlng, time: { data: [0, 60, 120], series_type: 'distance', original_size: 3 } } }
    }
    const photo = found['photo'] as string | undefined
    return {
      json:
        photo === undefined
          ? []
          : [{ unique_id: photo, urls: { 5000: `https://photos.example/${photo}` }, caption: 'At the top' }],
    }
  }
  const service: FakeStrava = Object.assign(
    await fakeService(t, (asked) => {
      const { method, path, headers } = asked
      const file = files.get(path)
      if (file) return { bytes: file, headers: { 'content-type': 'image/jpeg' } }
      if (method === 'GET' && path === '/oauth/authorize') return authorize(asked)
      if (method === 'POST' && path === '/oauth/token') return token(asked)
      const allowed = access.get(headers.authorization?.replace(/^Bearer /, '') ?? '')
      if (allowed === undefined) return fault(401, 'Authorization Error', ['Athlete', 'access_token', 'invalid'])
      if (path !== '/api/v3/athlete' && !allowed.includes('activity:read')) {
        return fault(401, 'Authorization Error', ['AccessToken', 'activity:read_permission', 'missing'])
      }
      service.reads += 1
      const limits = {
        'x-ratelimit-limit': `${service.most * 2},${service.most * 20}`,
        'x-ratelimit-usage': `${service.reads},${service.reads}`,
        'x-readratelimit-limit': `${service.most},${service.most * 10}`,
        'x-readratelimit-usage': `${service.reads},${service.reads}`,
      }
      if (service.reads > service.most) {
        return { ...fault(429, 'Rate Limit Exceeded', ['Application', 'read rate limit', 'exceeded']), headers: limits }
      }
      return { ...read(asked), headers: limits }
    }),
    {
      network: networkOf({}),
      expiresIn: 21_600,
      allowed: 'read,activity:read_all',
      reads: 0,
      most: 100,
      secrets: [] as string[],
      add({ name, start, photo, more = {} }: Parameters<FakeStrava['add']>[0]) {
        const id = (next += 1)
        const unique = `photo-${id}`
        if (photo) files.set(`/${unique}`, photo)
        activities.push({
          id,
          athlete: { id: athleteId },
          name,
          description: `About ${name}`,
          type: 'Run',
          sport_type: 'TrailRun',
          start_date: start,
          start_date_local: `${new Date(Date.parse(start) + 7_200_000).toISOString().slice(0, 19)}Z`,
          timezone: '(GMT+01:00) Europe/Berlin',
          distance: 10_024.5,
          moving_time: 3600,
          elapsed_time: 3700,
          total_elevation_gain: 120,
          average_speed: 2.78,
          kudos_count: 4,
          comment_count: 1,
          total_photo_count: photo ? 1 : 0,
          private: false,
          visibility: 'everyone',
          manual: false,
          calories: 700,
          gear_id: 'g1',
          gear: { id: 'g1', name: 'Old shoes' },
          map: { id: `a${id}`, summary_polyline: '_p~iF~ps|U_ulLnnqC_mqNvxq`@' },
          ...(photo && { photo: unique }),
          ...more,
        })
        return id
      },
      edit(id: number, more: object) {
        activities = activities.map((each) => (each.id === id ? { ...each, ...more } : each))
      },
      remove(id: number) {
        activities = activities.filter((each) => each.id !== id)
      },
      expire: () => access.clear(),
      revoke() {
        access.clear()
        refresh = ''
      },
    },
  )
  const network = networkOf({ 'www.strava.com': service.url, 'photos.example': service.url })
  return Object.assign(service, { network })
}
