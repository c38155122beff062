import { z } from 'zod'
import { type XMedium, xAddressesOf, xMediaIn } from '../../platforms/index.ts'
import { startOf } from '../head.ts'
import { items, jsonOf, problem, recordOf } from '../json.ts'
import { post } from '../post.ts'
import type { Draft, Source } from '../source.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { noteOf, type Notes, notesOf } from './notes.ts'

const account = z.array(
  z.object({
    account: z.object({
      accountId: z.string(),
      username: z.string(),
      accountDisplayName: z.string().nullish().catch(null),
    }),
  }),
)
const profile = z.array(
  z.object({ profile: z.object({ description: z.object({ bio: z.string().nullish().catch(null) }) }) }),
)

/** An archive of X, formerly Twitter: scripts that each assign an array. */
export const x: Source = {
  name: 'x',
  async recognise(tree) {
    const found = await accountOf(tree)
    if (found === null) return null
    return {
      platform: 'x',
      account: {
        platformUserId: found.accountId,
        username: found.username,
        displayName: found.accountDisplayName ?? null,
        profileUrl: `https://x.com/${found.username}`,
      },
      refused: null,
    }
  },
  async *read(tree) {
    const about = fileIn(tree, 'profile.js')
    const bio = profile.safeParse(about && (await jsonOf(about, '=')))
    const found = await accountOf(tree)
    yield {
      kind: 'profile',
      locator: about?.path ?? 'account.js',
      displayName: found?.accountDisplayName ?? null,
      bio: (bio.success ? bio.data[0]?.profile.description.bio : null) ?? null,
      followers: null,
      following: null,
    }
    const notes = await notesOf(tree)
    for (const file of tweetFiles(tree)) {
      for await (const item of items(file, { after: '=' })) {
        const locator = `${file.path}#${item.index}`
        yield item.kind === 'problem' ? problem(locator) : draftOf(tree, notes, locator, item.value)
      }
    }
  },
}

function draftOf(tree: Tree, notes: Notes, locator: string, value: unknown): Draft {
  const wrapped = recordOf(value)
  if (wrapped === null) return problem(locator)
  const tweet = recordOf(wrapped['tweet']) ?? wrapped
  return post(locator, 'x.tweet', { tweet, files: filesOf(tree, tweet), ...noteOf(notes, tweet) })
}

/** Paths of the media of a tweet, by their ids. Files are named after the tweet and what the medium was called. */
function filesOf(tree: Tree, tweet: Readonly<Record<string, unknown>>): Record<string, string> {
  const folders = ['data/tweets_media', 'data/tweet_media', 'tweets_media', 'tweet_media']
  const found: Record<string, string> = {}
  for (const medium of mediaOf(tweet)) {
    const names = xAddressesOf(medium).map((address) => (address.split('?')[0] ?? '').split('/').at(-1) ?? '')
    const paths = names.flatMap((name) => folders.map((folder) => `${folder}/${String(tweet['id_str'])}-${name}`))
    const path = paths.find((each) => tree.find(each) !== null)
    if (path !== undefined) found[medium.id_str] = path
  }
  return found
}

const list = z.object({ media: z.array(z.unknown()) })
const whole = z.object({ extended_entities: list.nullish().catch(null), entities: list.nullish().catch(null) })

function mediaOf(tweet: Readonly<Record<string, unknown>>): XMedium[] {
  const parsed = whole.safeParse(tweet)
  return parsed.success ? xMediaIn(parsed.data) : []
}

/** The files with tweets, in their order: `tweets.js` (once `tweet.js`), `tweets-part1.js` … */
function tweetFiles(tree: Tree): TreeFile[] {
  const part = ({ path }: TreeFile): number => Number(/-part(\d{1,6})\.js$/.exec(path)?.[1] ?? 0)
  return tree
    .files()
    .filter(({ path }) => /^(?:data\/)?tweets?(?:-part\d{1,6})?\.js$/.test(path))
    .toSorted((a, b) => part(a) - part(b))
}

function fileIn(tree: Tree, name: string): TreeFile | null {
  return tree.find(`data/${name}`) ?? tree.find(name)
}

async function accountOf(tree: Tree): Promise<z.infer<typeof account>[number]['account'] | null> {
  const file = fileIn(tree, 'account.js')
  if (file === null || !(await startOf(file, 200)).startsWith('window.YTD.account.')) return null
  const parsed = account.safeParse(await jsonOf(file, '='))
  return parsed.success ? (parsed.data[0]?.account ?? null) : null
}
