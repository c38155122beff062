import { type CarRecord, readCar, BadPayload } from '../../platforms/index.ts'
import { CofferError } from '../../base/errors.ts'
import { damaged, isDamage } from '../damage.ts'
import { problem } from '../json.ts'
import { post } from '../post.ts'
import type { Draft, Source } from '../source.ts'
import type { Tree, TreeFile } from '../tree.ts'

const posts: ReadonlySet<string> = new Set(['app.bsky.feed.post', 'app.bsky.feed.repost'])
const profile = 'app.bsky.actor.profile'

/** A repository of the AT Protocol, as Bluesky's “Download my data” gives it: one file, without pictures. */
export const blueskyCar: Source = {
  name: 'bluesky-car',
  async recognise(tree) {
    const file = await carIn(tree)
    if (file === null) return null
    const { did } = await opened(file)
    return {
      platform: 'bluesky',
      account: {
        platformUserId: did,
        username: null,
        displayName: null,
        profileUrl: `https://bsky.app/profile/${did}`,
      },
      refused: null,
    }
  },
  async *read(tree) {
    const file = await carIn(tree)
    if (file === null) return
    try {
      for await (const record of (await opened(file)).records) {
        const draft = draftOf(record)
        if (draft) yield draft
      }
    } catch (error) {
      // What came before a tree that is cut off counts.
      if (!(error instanceof BadPayload)) throw error
      yield problem(file.path)
    }
  },
}

function draftOf({ uri, cid, collection, value }: CarRecord): Draft | null {
  if (!posts.has(collection) && collection !== profile) return null
  if (value === null) return problem(uri)
  if (posts.has(collection)) return post(uri, 'bluesky.record', { uri, cid, collection, value })
  const { displayName, description } = value as Record<string, unknown>
  return {
    kind: 'profile',
    locator: uri,
    displayName: typeof displayName === 'string' ? displayName : null,
    bio: typeof description === 'string' ? description : null,
    followers: null,
    following: null,
  }
}

/** The one file of a tree that starts as a CAR does: its head is a map of roots and version. */
async function carIn(tree: Tree): Promise<TreeFile | null> {
  const [file, ...others] = tree.files().filter(({ path }) => !path.includes('/'))
  if (file === undefined || others.length > 0 || file.size < 60) return null
  let head = Buffer.alloc(0)
  try {
    for await (const piece of (await file.open()) as AsyncIterable<Buffer>) {
      head = Buffer.concat([head, piece])
      if (head.length >= 60) break
    }
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
  const start = head.subarray(0, 60).toString('latin1')
  return start.includes('eroots') && start.slice(0, 3).includes('\xa2') ? file : null
}

async function opened(file: TreeFile): ReturnType<typeof readCar> {
  try {
    return await readCar(await file.open())
  } catch (error) {
    if (error instanceof CofferError || !(error instanceof BadPayload)) throw error
    throw damaged('This copy of a Bluesky account is damaged or incomplete. Download it again.', error)
  }
}
