import { z } from 'zod'
import { mended } from '../../platforms/index.ts'
import { startOf } from '../head.ts'
import { items, jsonOf, problem, recordOf } from '../json.ts'
import { looseMedium } from '../meta-media.ts'
import { post } from '../post.ts'
import type { Draft, Recognised, Source } from '../source.ts'
import type { Tree, TreeFile } from '../tree.ts'

const profiles = [
  'personal_information/profile_information/profile_information',
  'profile_information/profile_information',
]
const top = 'your_facebook_activity|your_activity_across_facebook'
const posts = new RegExp(`^(?:(?:${top})/)?posts/(?:your_posts\\w{0,60}|check-ins)\\.(json|html)$`)
/** Pictures and films that stand for themselves, with the key of the list they are in. */
const lists: readonly [RegExp, string][] = [
  [new RegExp(`^(?:(?:${top})/)?(?:posts|photos_and_videos)/album/\\d{1,6}\\.json$`), 'photos'],
  [new RegExp(`^(?:(?:${top})/)?(?:posts|photos_and_videos)/your_uncategorized_photos\\.json$`), 'other_photos_v2'],
  [new RegExp(`^(?:(?:${top})/)?(?:posts|photos_and_videos)/your_videos\\.json$`), 'videos_v2'],
]

/** An export of Facebook in JSON, of either layout. */
export const facebook: Source = {
  name: 'facebook',
  async recognise(tree) {
    const isJson = profiles.some((path) => tree.find(`${path}.json`)) || filesOf(tree, 'json').length > 0
    if (isJson) return recognised(await profileOf(tree), null)
    const isHtml = profiles.some((path) => tree.find(`${path}.html`)) || filesOf(tree, 'html').length > 0
    return isHtml ? recognised(null, { code: 'archive-html', details: {} }) : null
  },
  async *read(tree) {
    const about = await profileOf(tree)
    if (about) {
      const locator = profiles.find((path) => tree.find(`${path}.json`)) ?? ''
      yield {
        kind: 'profile',
        locator: `${locator}.json`,
        displayName: about.name,
        bio: null,
        followers: null,
        following: null,
      }
    }
    for (const file of filesOf(tree, 'json')) yield* postsIn(file)
    for (const file of tree.files()) {
      const [, key] = lists.find(([name]) => name.test(file.path)) ?? []
      if (key === undefined) continue
      for await (const item of items(file, { path: [key] })) {
        const locator = `${file.path}#${item.index}`
        yield item.kind === 'item' ? looseMedium(locator, item.value) : problem(locator)
      }
    }
  },
}

async function* postsIn(file: TreeFile): AsyncIterable<Draft> {
  // An object there is another shape, of which nothing is a post.
  if (file.path.endsWith('check-ins.json') && !/^\s*\[/.test(await startOf(file, 64))) return
  for await (const item of items(file)) {
    const locator = `${file.path}#${item.index}`
    const record = item.kind === 'item' ? recordOf(item.value) : null
    yield record ? post(locator, 'facebook.export', { record }) : problem(locator)
  }
}

function filesOf(tree: Tree, ending: string): TreeFile[] {
  return tree.files().filter(({ path }) => posts.exec(path)?.[1] === ending)
}

interface Profile {
  readonly id: string | null
  readonly name: string | null
  readonly address: string | null
}

function recognised(about: Profile | null, refused: Recognised['refused']): Recognised {
  return {
    platform: 'facebook',
    account: {
      platformUserId: about?.id ?? about?.name ?? 'unknown',
      username: about?.id && !/^\d+$/.test(about.id) ? about.id : null,
      displayName: about?.name ?? null,
      profileUrl: about?.address ?? null,
    },
    refused,
  }
}

const person = z.looseObject({
  name: z.object({ full_name: z.string() }).nullish().catch(null),
  username: z.string().nullish().catch(null),
  profile_uri: z.string().nullish().catch(null),
})
const schema = z.union([z.object({ profile_v2: person }), z.object({ profile: person })])

async function profileOf(tree: Tree): Promise<Profile | null> {
  const file = profiles.map((path) => tree.find(`${path}.json`)).find((each) => each !== null)
  const parsed = schema.safeParse(file && mended(await jsonOf(file)))
  if (!parsed.success) return null
  const found = 'profile_v2' in parsed.data ? parsed.data.profile_v2 : parsed.data.profile
  const address = found.profile_uri ?? null
  const [, number, name] =
    /^https?:\/\/(?:www\.)?facebook\.com\/(?:profile\.php\?id=(\d{1,25})|([\w.]{1,100}))$/.exec(address ?? '') ?? []
  return { id: found.username || number || name || null, name: found.name?.full_name ?? null, address }
}
