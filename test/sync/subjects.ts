import type { TestContext } from 'vitest'
import type { Connection } from '../../main/contract/index.ts'
import { fakeBluesky } from './fake-bluesky.ts'
import { fakeInstagram } from './fake-instagram.ts'
import { fakeMastodon } from './fake-mastodon.ts'
import type { Asked, FakeService } from './fake-service.ts'
import { fakeStrava, ownApp } from './fake-strava.ts'
import { signedIn, type SyncVault } from './support.ts'

/** A service with one account, as the suite of faults needs it. */
export interface Subject {
  readonly service: FakeService
  readonly network: (url: string, init: RequestInit) => Promise<Response>
  connect(vault: SyncVault): Promise<Connection>
  /** Adds a post that is newer than all others. */
  post(text: string, picture?: Buffer): void
  /** A call that brings posts. */
  isPage(asked: Asked): boolean
  isMedium(asked: Asked): boolean
  /** Posts on a page of its lists; null where all come in one answer. */
  readonly pageSize: number | null
  /** Whether it tells the hash of a picture before it is fetched. */
  readonly hasHashes: boolean
  /** Ends the access token by the clock of the service; null where it cannot be renewed then. */
  readonly expire: (() => void) | null
  revoke(): void
}

let hours = 0
/** Every post an hour after the one before it, and none of them in the last week. */
const nextHour = (): Date => new Date(Date.UTC(2025, 0, 1) + (hours += 1) * 3_600_000)

export const subjects: Readonly<Record<string, (t: TestContext) => Promise<Subject>>> = {
  async bluesky(t) {
    const service = await fakeBluesky(t)
    return {
      service,
      network: fetch,
      connect: (vault) =>
        vault.connect({ platform: 'bluesky', server: service.url, handle: 'ann.test', secret: 'an app password' }),
      post: (text, picture) => void service.post(text, picture),
      isPage: ({ path }) => path.endsWith('getRepo'),
      isMedium: ({ path }) => path.endsWith('getBlob'),
      pageSize: null,
      hasHashes: true,
      expire: () => service.expire(),
      revoke: () => service.revoke(),
    }
  },
  async mastodon(t) {
    const service = await fakeMastodon(t)
    service.expiresIn = 7200
    return {
      service,
      network: fetch,
      connect: (vault) => signedIn(vault, { platform: 'mastodon', server: service.url }, fetch),
      post: (text, picture) =>
        void service.post(text, picture ? { media_attachments: [service.picture(picture)] } : {}),
      isPage: ({ path }) => path.endsWith('/statuses'),
      isMedium: ({ path }) => path.startsWith('/system/'),
      pageSize: 40,
      hasHashes: false,
      expire: () => service.expire(),
      revoke: () => service.revoke(),
    }
  },
  async strava(t) {
    const service = await fakeStrava(t)
    service.most = 100_000
    return {
      service,
      network: service.network,
      connect: (vault) => signedIn(vault, { platform: 'strava', ...ownApp }, service.network),
      post: (name, photo) => {
        const start = `${nextHour().toISOString().slice(0, 19)}Z`
        service.add({ name, start, more: { description: null, manual: true }, ...(photo && { photo }) })
      },
      isPage: ({ path }) => path.endsWith('/athlete/activities'),
      isMedium: ({ path }) => path.startsWith('/photo-'),
      pageSize: 200,
      hasHashes: false,
      expire: () => service.expire(),
      revoke: () => service.revoke(),
    }
  },
  async instagram(t) {
    const service = await fakeInstagram(t)
    return {
      service,
      network: service.network,
      connect: (vault) => vault.connect({ platform: 'instagram', secret: service.token() }),
      post: (caption, picture) => {
        const at = `${nextHour().toISOString().slice(0, 19)}+0000`
        service.add({ caption, at, pictures: picture ? [picture] : [] })
      },
      isPage: ({ path }) => path === '/me/media',
      isMedium: ({ path }) => path.endsWith('.jpg'),
      pageSize: 50,
      hasHashes: false,
      expire: null,
      revoke: () => service.revoke(),
    }
  },
}
