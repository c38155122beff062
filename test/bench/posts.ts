import { join } from 'node:path'
import { startEngine } from '../../main/engine/engine.ts'
import { ingest, postFeed, reprocess, type PostAccount, type RawPost } from '../../main/engine/posts/index.ts'
import { told, type Row } from './report.ts'

const batch = 200
const words =
  'river winter light garden train harbour bread violin mountain letter window summer rain copper north'.split(' ')
const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'

/** A payload as a server gives it, with a hundred and fifty letters of text. */
function payload(number: number): RawPost {
  const uri = `at://${did}/app.bsky.feed.post/3k${number.toString(32).padStart(11, '2')}`
  const text = Array.from({ length: 22 }, (_, index) => words[(number * 7 + index * index * 3) % words.length]).join(
    ' ',
  )
  const createdAt = new Date(Date.UTC(2014, 0, 1) + number * 3_600_000).toISOString()
  const value = { $type: 'app.bsky.feed.post', text: `${text} n${number}`, createdAt, langs: ['en'] }
  return { postId: uri, format: 'bluesky.record', data: { uri, cid: `bafy${number}`, value } }
}

/** Posts stored from payloads, worked out again, shown and found. */
export async function benchPosts(options: { readonly count: number; readonly workFolder: string }): Promise<Row[]> {
  const engine = startEngine({ stateDir: null })
  const vault = await engine.create(join(options.workFolder, 'posts'), { username: 'ann' })
  const { database } = vault
  const account = await database.asService((tx) =>
    tx.one<PostAccount & { userId: string }>(
      `insert into core.integrations (user_id, platform, platform_user_id, username, status, auth_kind)
       select id, 'bluesky', $1, 'ann', 'connected', 'none' from core.users
       returning id, platform, platform_user_id as "platformUserId", username, user_id as "userId"`,
      [did],
    ),
  )
  if (!account) throw new Error('no connection')
  const { userId } = account
  console.log(`Storing ${options.count} posts …`)
  let first = 0
  const startedMs = performance.now()
  for (let at = 0; at < options.count; at += batch) {
    const posts = Array.from({ length: batch }, (_, index) => payload(at + index))
    await database.asService((tx) =>
      ingest(tx, userId, account, { source: 'backfill', eventType: 'bench', externalId: null, envelope: {}, posts }),
    )
    if (at + batch === 10_000) first = performance.now() - startedMs
  }
  await database.maintain('analyze')
  const again = performance.now()
  const { posts: redone } = await reprocess(database, userId, null)
  const reprocessMs = ((performance.now() - again) * 10_000) / Math.max(redone, 1)
  const feeds = await times(40, () => database.read(userId, (tx) => postFeed(tx, userId, { limit: 50 })))
  const finds = await times(60, (round) =>
    database.read(userId, (tx) =>
      postFeed(tx, userId, { limit: 50, q: `${words[round % words.length]} n${(round * 7919) % options.count}` }),
    ),
  )
  const common = await times(30, (round) =>
    database.read(userId, (tx) => postFeed(tx, userId, { limit: 50, q: words[round % words.length] ?? '' })),
  )
  await engine.close()
  const most = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0
  return [
    limited('Posts: 10,000 payloads stored and worked out', first / 1000, 25, 's'),
    told('Posts: 10,000 worked out again', `${(reprocessMs / 1000).toFixed(1)} s`),
    limited(`Posts: a page of the feed of ${options.count}, 95 of 100`, most(feeds), 100, 'ms'),
    limited('Posts: found by two words, 95 of 100', most(finds), 250, 'ms'),
    limited('Posts: found by a word that a fifth of them has, 95 of 100', most(common), 250, 'ms'),
  ]
}

async function times(count: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < count; round += 1) {
    const startedMs = performance.now()
    await work(round)
    taken.push(performance.now() - startedMs)
  }
  return taken
}

function limited(what: string, measured: number, limit: number, unit: 's' | 'ms'): Row {
  return {
    what,
    measured: `${measured.toFixed(1)} ${unit}`,
    ratio: '',
    required: `< ${limit} ${unit}`,
    isMet: measured < limit,
  }
}
