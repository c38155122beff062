import { z } from 'zod'
import { textOfHtml } from '../../platforms/index.ts'
import { startOf } from '../head.ts'
import { items, jsonOf, problem, recordOf } from '../json.ts'
import { post } from '../post.ts'
import type { Draft, Source } from '../source.ts'
import type { Tree } from '../tree.ts'

const actor = z.object({
  id: z.string().url(),
  preferredUsername: z.string(),
  name: z.string().nullish().catch(null),
  summary: z.string().nullish().catch(null),
  url: z.string().nullish().catch(null),
})
const kinds: ReadonlySet<unknown> = new Set(['Create', 'Announce'])

/** An archive of a Mastodon account, as its server makes one. Other servers of the Fediverse give the same. */
export const mastodon: Source = {
  name: 'mastodon',
  async recognise(tree) {
    const outbox = tree.find('outbox.json')
    const found = await actorOf(tree)
    if (outbox === null || found === null || !(await startOf(outbox)).includes('"OrderedCollection"')) return null
    return {
      platform: 'mastodon',
      account: {
        platformUserId: found.id,
        username: `${found.preferredUsername}@${new URL(found.id).host}`,
        displayName: found.name ?? null,
        profileUrl: found.url ?? found.id,
      },
      refused: null,
    }
  },
  async *read(tree) {
    const found = await actorOf(tree)
    if (found) {
      yield {
        kind: 'profile',
        locator: 'actor.json',
        displayName: found.name ?? null,
        bio: found.summary ? textOfHtml(found.summary) : null,
        followers: null,
        following: null,
      }
    }
    const outbox = tree.find('outbox.json')
    if (outbox === null) return
    for await (const item of items(outbox, { path: ['orderedItems'] })) {
      const locator = `outbox.json#${item.index}`
      const draft = item.kind === 'problem' ? problem(locator) : draftOf(locator, item.value)
      if (draft) yield draft
    }
  },
}

/** Null for what is neither a post nor a repost, such as a vote. */
function draftOf(locator: string, value: unknown): Draft | null {
  const activity = recordOf(value)
  if (typeof activity?.['type'] !== 'string') return problem(locator)
  return kinds.has(activity['type']) ? post(locator, 'mastodon.activity', activity) : null
}

async function actorOf(tree: Tree): Promise<z.infer<typeof actor> | null> {
  const file = tree.find('actor.json')
  const parsed = actor.safeParse(file && (await jsonOf(file)))
  return parsed.success ? parsed.data : null
}
