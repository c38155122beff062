import type { TestContext } from 'vitest'
import { cidOf, cidText, did, linkTo, repositoryOf } from '../archive/car-fixtures.ts'
import { fakeService, type Answer, type FakeService } from './fake-service.ts'

export interface FakeBluesky extends FakeService {
  post(text: string, picture?: Buffer): string
  remove(key: string): void
  /** Ends all access tokens, as time does. */
  expire(): void
  revoke(): void
}

/** The calls of a server of the AT Protocol that a sync makes, with one account; for what a real one does not do when it is asked to. */
export async function fakeBluesky(t: TestContext): Promise<FakeBluesky> {
  let records: Record<string, object> = {
    'app.bsky.actor.profile/self': { $type: 'app.bsky.actor.profile', displayName: 'Ann' },
    'app.bsky.feed.like/3j1': { $type: 'app.bsky.feed.like', createdAt: '2024-01-01T00:00:00Z' },
    'app.bsky.feed.like/3j2': { $type: 'app.bsky.feed.like', createdAt: '2024-01-02T00:00:00Z' },
  }
  const blobs = new Map<string, Buffer>()
  let [number, rev, tokens] = [1000, 1, 0]
  let access = new Set<string>()
  let refreshes = new Set<string>()
  const fault = (status: number, error: string): Answer => ({ status, json: { error, message: error } })
  const session = (): Answer => {
    const claims = { exp: Math.floor(Date.now() / 1000) + 7200, jti: (tokens += 1) }
    const made = (kind: string): string =>
      `h.${Buffer.from(JSON.stringify({ ...claims, kind })).toString('base64url')}.s`
    access.add(made('access'))
    refreshes.add(made('refresh'))
    return { json: { did, handle: 'ann.test', accessJwt: made('access'), refreshJwt: made('refresh') } }
  }
  const service: FakeBluesky = Object.assign(
    await fakeService(t, ({ path, url, headers }) => {
      const method = path.replace('/xrpc/', '')
      const token = headers.authorization?.replace('Bearer ', '')
      if (method === 'com.atproto.server.createSession') return session()
      if (method === 'com.atproto.server.refreshSession') {
        return refreshes.delete(token ?? '') ? session() : fault(400, 'ExpiredToken')
      }
      if (token !== undefined && !access.has(token)) return fault(400, 'ExpiredToken')
      const query = url.searchParams
      if (method === 'com.atproto.identity.resolveHandle') return { json: { did } }
      if (method === 'com.atproto.repo.getRecord') return fault(400, 'RecordNotFound')
      if (query.get('did') !== did) return fault(400, 'RepoNotFound')
      if (method === 'com.atproto.sync.getLatestCommit') return { json: { cid: 'bafy', rev: `3l${rev}` } }
      if (method === 'com.atproto.sync.getRepo') {
        return { bytes: repositoryOf(records), headers: { 'content-type': 'application/vnd.ipld.car' } }
      }
      const blob = method === 'com.atproto.sync.getBlob' ? blobs.get(query.get('cid') ?? '') : undefined
      return blob ? { bytes: blob, headers: { 'content-type': 'image/jpeg' } } : fault(400, 'InvalidRequest')
    }),
    {
      post(text: string, picture?: Buffer) {
        const key = `app.bsky.feed.post/3k${(number += 1)}`
        const createdAt = new Date(Date.UTC(2024, 0, 1) + number * 3_600_000).toISOString()
        const cid = picture && cidOf(picture, 0x55)
        if (cid) blobs.set(cidText(cid), picture)
        const image = cid && { $type: 'blob', ref: linkTo(cid), mimeType: 'image/jpeg', size: picture.length }
        const embed = image && { $type: 'app.bsky.embed.images', images: [{ alt: '', image }] }
        records = { ...records, [key]: { $type: 'app.bsky.feed.post', text, createdAt, ...(embed && { embed }) } }
        rev += 1
        return key
      },
      remove(key: string) {
        records = Object.fromEntries(Object.entries(records).filter(([each]) => each !== key))
        rev += 1
      },
      expire: () => void (access = new Set()),
      revoke() {
        access = new Set()
        refreshes = new Set()
      },
    },
  )
  return service
}
