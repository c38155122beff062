import { z } from 'zod'
import { BadPayload, readCar, type CarRecord } from '../../platforms/index.ts'
import type { RawPost } from '../../posts/index.ts'
import { noTokens, type Connected, type Connector, type Page, type Session, type Tokens } from '../connector.ts'
import { sentences, type Fetch } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError } from '../service-error.ts'
import { call, callAs, refreshed, tokensIn } from './calls.ts'
import { dataServerOf, didOf } from './identity.ts'

/** Collections whose records are posts. */
const collections = ['app.bsky.feed.post', 'app.bsky.feed.repost'] as const
/** Tells of every change in the network, filtered (https://github.com/bluesky-social/jetstream). */
const stream = 'wss://jetstream2.us-east.bsky.network/subscribe'
/** A copy of the whole account is asked for when it is this old, or as long as it is small. */
const walkEveryMs = 7 * 86_400_000
const smallRepository = 20 << 20
const largestRepository = 2_000_000_000
const recordsAtOnce = 200

const cursorSchema = z.object({ rev: z.string(), walkedAt: z.string(), bytes: z.number() })
type Cursor = z.infer<typeof cursorSchema>

/**
 * Bluesky and every other server of the AT Protocol. What everybody can see needs no sign-in. The first walk is the account's own copy (`getRepo`), checked block by
 * block; later only when its revision has moved. Posts that a whole copy lacks are gone: repositories keep no notes of what was deleted.
 */
export const bluesky: Connector = {
  platform: 'bluesky',
  async connect({ server, handle, secret }, by) {
    if (handle === null) throw new ServiceError('refused', 'Say the name of the account, such as ann.bsky.social.')
    const name = handle.replace(/^@/, '').trim()
    const did = await didOf(name, server, by)
    const home = server === null ? await dataServerOf(did, by) : baseOf(server)
    const tokens = secret === null ? noTokens : await signIn(home, name, secret, by)
    const profile = await profileOf(home, did, by)
    return {
      platformUserId: did,
      username: name.startsWith('did:') ? null : name,
      displayName: profile,
      profileUrl: name.startsWith('did:') ? `https://bsky.app/profile/${did}` : `https://bsky.app/profile/${name}`,
      avatarUrl: null,
      server: home,
      authKind: secret === null ? 'none' : 'app_password',
      tokens,
    } satisfies Connected
  },
  refresh: refreshed,
  pages,
  streamAddress({ platformUserId, server }) {
    // A server of one's own on this computer is no part of the network that the stream tells of.
    if (server?.startsWith('https://') !== true) return null
    const query = new URLSearchParams(collections.map((name) => ['wantedCollections', name]))
    query.append('wantedDids', platformUserId)
    return `${stream}?${query.toString()}`
  },
  async mediaAddress(session, { key }) {
    const [, did, cid] = /^at:\/\/(did:[^/]+)\/([a-z0-9]+)$/.exec(key) ?? []
    if (did === undefined || cid === undefined) return null
    const query = new URLSearchParams({ did, cid })
    return { url: `${session.server}/xrpc/com.atproto.sync.getBlob?${query.toString()}`, headers: {} }
  },
}

async function* pages(session: Session, given: unknown): AsyncGenerator<Page> {
  const before = cursorSchema.safeParse(given).data ?? null
  const did = session.platformUserId
  const latest = await callAs(session, 'com.atproto.sync.getLatestCommit', { did })
  const { rev } = readAnswer(z.object({ rev: z.string() }), latest.json)
  const age = before === null ? Number.NaN : Date.now() - Date.parse(before.walkedAt)
  // A walk of tomorrow was made by a clock that was wrong.
  const isDue = !(age >= 0 && age <= walkEveryMs)
  if (before !== null && before.rev === rev && !isDue) return
  await session.pause(latest.pauseMs)
  if (before === null || isDue || before.bytes < smallRepository) yield* wholeCopy(session, before)
  else yield* newest(session, { ...before, rev })
}

/** Everything there is, and with it what is not there any more. */
async function* wholeCopy(session: Session, before: Cursor | null): AsyncGenerator<Page> {
  const answer = await callAs(session, 'com.atproto.sync.getRepo', { did: session.platformUserId }, largestRepository)
  const walkedAt = new Date().toISOString()
  const repository = await readCar(answer.bytes).catch(damaged)
  // A copy of somebody else would make everything look deleted.
  if (repository.did !== session.platformUserId) throw new ServiceError('nonsense', sentences.nonsense)
  const page = (records: readonly CarRecord[], more: Pick<Page, 'isStartOfWalk' | 'isEndOfWalk' | 'cursor'>): Page => ({
    eventType: 'com.atproto.sync.getRepo',
    envelope: { did: repository.did, rev: repository.rev, records: records.map(({ uri }) => ({ $post: uri })) },
    posts: records.map(rawOf),
    ...more,
  })
  let records: CarRecord[] = []
  let isStart = true
  for await (const record of readable(repository.records)) {
    if (!(collections as readonly string[]).includes(record.collection)) continue
    // A record that is missing from the copy is not gone: it is not known.
    if (record.value === null) throw new ServiceError('nonsense', sentences.nonsense)
    records.push(record)
    if (records.length < recordsAtOnce) continue
    yield page(records, { cursor: before, ...(isStart && { isStartOfWalk: true }) })
    isStart = false
    records = []
  }
  const cursor: Cursor = { rev: repository.rev, walkedAt, bytes: answer.bytes.length }
  yield page(records, { cursor, isEndOfWalk: true, ...(isStart && { isStartOfWalk: true }) })
}

/** The records of a copy; one that is damaged is an answer that makes no sense. */
async function* readable(records: AsyncIterable<CarRecord>): AsyncGenerator<CarRecord> {
  try {
    yield* records
  } catch (error) {
    damaged(error)
  }
}

function damaged(error: unknown): never {
  throw error instanceof BadPayload ? new ServiceError('nonsense', sentences.nonsense) : error
}

/** Of an account too large to be copied each time: the newest first, until a page has nothing that is not known. */
async function* newest(session: Session, after: Cursor): AsyncGenerator<Page> {
  for (const collection of collections) {
    let cursor: string | undefined
    for (;;) {
      const answer = await callAs(session, 'com.atproto.repo.listRecords', {
        repo: session.platformUserId,
        collection,
        limit: '100',
        ...(cursor !== undefined && { cursor }),
      })
      const listed = readAnswer(listSchema, answer.json)
      const posts = listed.records.map(({ uri, cid, value }): RawPost => ({
        postId: uri,
        format: 'bluesky.record',
        data: { uri, cid, collection, value },
      }))
      // Before it is stored: afterwards all of it is known.
      const unknown = await session.unknown(posts)
      if (posts.length > 0) {
        yield {
          eventType: 'com.atproto.repo.listRecords',
          envelope: { ...listed, records: listed.records.map(({ uri }) => ({ $post: uri })) },
          posts,
          // Until the end of this, the next sync has to begin with it.
          cursor: { ...after, rev: '' },
        }
      }
      if (unknown.size === 0 || listed.cursor === undefined || listed.cursor === cursor) break
      cursor = listed.cursor
      await session.pause(answer.pauseMs)
    }
  }
  yield { eventType: 'com.atproto.repo.listRecords', envelope: {}, posts: [], cursor: after }
}

const listSchema = z.looseObject({
  records: z.array(z.object({ uri: z.string(), cid: z.string(), value: z.record(z.string(), z.unknown()) })),
  cursor: z.string().optional(),
})

function rawOf({ uri, cid, collection, value }: CarRecord): RawPost {
  return { postId: uri, format: 'bluesky.record', data: { uri, cid, collection, value } }
}

async function signIn(
  home: string,
  identifier: string,
  password: string,
  by: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<Tokens> {
  const answer = await call(by, home, 'com.atproto.server.createSession', {
    method: 'POST',
    body: JSON.stringify({ identifier, password }),
    headers: { 'content-type': 'application/json' },
  })
  return tokensIn(answer.json)
}

async function profileOf(
  home: string,
  did: string,
  by: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<string | null> {
  const query = new URLSearchParams({ repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' })
  const answer = await call(by, home, `com.atproto.repo.getRecord?${query.toString()}`, {}).catch((error: unknown) => {
    // Nobody has to have a profile; that the account itself is there was found out before.
    if (error instanceof ServiceError && error.trouble !== 'offline') return null
    throw error
  })
  const shape = z.object({ value: z.object({ displayName: z.string().max(640).optional() }) })
  return (answer && shape.safeParse(answer.json).data?.value.displayName) || null
}

/** An address as somebody types it. */
function baseOf(server: string): string {
  const address = /^https?:\/\//.test(server) ? server : `https://${server}`
  if (!URL.canParse(address)) throw new ServiceError('refused', 'This is not the address of a server.')
  return new URL(address).origin
}
