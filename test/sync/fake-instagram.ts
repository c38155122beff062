import { randomBytes } from 'node:crypto'
import type { TestContext } from 'vitest'
import { fakeService, networkOf, type Answer, type FakeService } from './fake-service.ts'

export interface FakeInstagram extends FakeService {
  readonly network: (url: string, init: RequestInit) => Promise<Response>
  /** Makes a token as the dashboard of an app does. */
  token(ageDays?: number): string
  /** Percent of the limit that are used. */
  usage: number
  /** All calls are limited. */
  isLimited: boolean
  add(media: {
    readonly caption: string
    readonly at: string
    readonly pictures: readonly Buffer[]
    readonly more?: object
    readonly isStory?: boolean
  }): string
  edit(id: string, caption: string): void
  remove(id: string): void
  /** Signed addresses that were given end, as they do after some days. */
  endAddresses(): void
  revoke(): void
  readonly secrets: string[]
}

interface Media {
  readonly id: string
  readonly caption: string
  readonly timestamp: string
  readonly pictures: readonly string[]
  readonly more: object
  readonly isStory: boolean
}

const day = 86_400_000
export const instagramId = '17841400000000001'
const known = new Set(
  'id,user_id,username,account_type,name,profile_picture_url,media_count,caption,media_type,media_product_type,media_url,permalink,thumbnail_url,timestamp,like_count,comments_count,children'.split(
    ',',
  ),
)

/** Instagram's interface for professional accounts as its reference describes it, with one account. */
export async function fakeInstagram(t: TestContext): Promise<FakeInstagram> {
  const tokens = new Map<string, { made: number; ends: number }>()
  const files = new Map<string, Buffer>()
  let media: Media[] = []
  let next = 17_900_000_000_000_000n
  let signature = 1

  const fault = (status: number, code: number, message: string, error_subcode?: number): Answer => ({
    status,
    json: {
      error: { message, type: 'OAuthException', code, fbtrace_id: 'A', ...(error_subcode && { error_subcode }) },
    },
  })
  const address = (id: string): string => `https://cdn.example/${id}.jpg?oh=${signature}&oe=6`
  const shown = ({ id, caption, timestamp, pictures, more, isStory }: Media): object => {
    const isMany = pictures.length !== 1
    return {
      id,
      ...(caption !== '' && { caption }),
      media_type: isMany ? 'CAROUSEL_ALBUM' : 'IMAGE',
      media_product_type: isStory ? 'STORY' : 'FEED',
      media_url: address(pictures[0] ?? ''),
      permalink: `https://www.instagram.com/p/${id}/`,
      timestamp,
      username: 'ann.b',
      like_count: 5,
      comments_count: 2,
      ...(isMany && {
        children: { data: pictures.map((each) => ({ id: each, media_type: 'IMAGE', media_url: address(each) })) },
      }),
      ...more,
    }
  }
  const service: FakeInstagram = Object.assign(
    await fakeService(t, ({ method, path, url }) => {
      const query = url.searchParams
      const file = files.get(path)
      if (file) {
        const isSigned = query.get('oh') === String(signature)
        return isSigned
          ? { bytes: file, headers: { 'content-type': 'image/jpeg' } }
          : { status: 403, bytes: Buffer.from('URL signature expired') }
      }
      const token = tokens.get(query.get('access_token') ?? '')
      if (method !== 'GET') return fault(400, 100, 'Unsupported request')
      if (!token || token.ends < Date.now()) return fault(400, 190, 'Error validating access token')
      if (path === '/refresh_access_token') {
        if (query.get('grant_type') !== 'ig_refresh_token') return fault(400, 100, 'Invalid parameter')
        if (Date.now() - token.made < day) return fault(400, 10, 'The token is too new')
        tokens.delete(query.get('access_token') ?? '')
        const access_token = service.token(1)
        return { json: { access_token, token_type: 'bearer', expires_in: 60 * 86_400 } }
      }
      const names = (query.get('fields') ?? '').replaceAll(/\{[^}]*\}/g, '').split(',')
      const wrong = names.find((each) => each !== '' && !known.has(each))
      if (wrong !== undefined) return fault(400, 100, `Tried accessing nonexisting field (${wrong})`)
      const one = {
        call_count: service.usage,
        total_cputime: 1,
        total_time: 1,
        type: 'instagram',
        estimated_time_to_regain_access: 0,
      }
      const headers = { 'x-business-use-case-usage': JSON.stringify({ [instagramId]: [one] }) }
      if (service.isLimited) {
        const limited = { [instagramId]: [{ ...one, call_count: 100, estimated_time_to_regain_access: 40 }] }
        return {
          ...fault(400, 4, 'Application request limit reached'),
          headers: { 'x-business-use-case-usage': JSON.stringify(limited) },
        }
      }
      if (path === '/me') {
        return {
          json: { user_id: instagramId, username: 'ann.b', account_type: 'BUSINESS', name: 'Ann B', id: '99' },
          headers,
        }
      }
      if (path === `/${instagramId}/stories`)
        return { json: { data: media.filter((each) => each.isStory).map(shown) }, headers }
      if (path === '/me/media') {
        const limit = Number(query.get('limit') ?? 25)
        const all = media
          .filter((each) => !each.isStory)
          .toSorted((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp))
        const after = query.get('after')
        const start = after === null ? 0 : all.findIndex((each) => `c${each.id}` === after) + 1
        if (after !== null && start === 0) return fault(400, 100, 'Invalid cursor')
        const page = all.slice(start, start + limit)
        const cursor = page.at(-1)
        const isMore = start + limit < all.length
        const paging = cursor && { cursors: { before: 'x', after: `c${cursor.id}` }, ...(isMore && { next: `${url}` }) }
        return { json: { data: page.map(shown), ...(paging && { paging }) }, headers }
      }
      const wanted = path.slice(1)
      const owner = media.find((each) => each.id === wanted || each.pictures.includes(wanted))
      if (!owner) return fault(400, 100, 'Unsupported get request. Object does not exist', 33)
      const picture = owner.pictures.find((each) => each === wanted) ?? owner.pictures[0] ?? ''
      return { json: { id: wanted, media_type: 'IMAGE', media_url: address(picture), ...owner.more }, headers }
    }),
    {
      network: networkOf({}),
      usage: 5,
      isLimited: false,
      secrets: [] as string[],
      token(ageDays = 0) {
        const token = `IGAA${randomBytes(20).toString('hex')}`
        const made = Date.now() - ageDays * day
        tokens.set(token, { made, ends: made + 60 * day })
        service.secrets.push(token)
        return token
      },
      add({ caption, at, pictures, more = {}, isStory = false }: Parameters<FakeInstagram['add']>[0]) {
        const id = String((next += 1n))
        const names = pictures.map((bytes) => {
          const name = String((next += 1n))
          files.set(`/${name}.jpg`, bytes)
          return name
        })
        media.push({ id, caption, timestamp: at, pictures: names, more, isStory })
        return id
      },
      edit(id: string, caption: string) {
        media = media.map((each) => (each.id === id ? { ...each, caption } : each))
      },
      remove(id: string) {
        media = media.filter((each) => each.id !== id)
      },
      endAddresses: () => void (signature += 1),
      revoke: () => tokens.clear(),
    },
  )
  const network = networkOf({ 'graph.instagram.com': service.url, 'cdn.example': service.url })
  return Object.assign(service, { network })
}
