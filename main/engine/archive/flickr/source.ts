import { z } from 'zod'
import { textOfHtml } from '../../platforms/index.ts'
import { jsonOf, problem, recordOf } from '../json.ts'
import { post } from '../post.ts'
import type { Source } from '../source.ts'
import type { Tree, TreeFile } from '../tree.ts'

const described = /(?:^|\/)photo_(\d{1,20})\.json$/
const account = z.object({
  nsid: z.string().min(1),
  screen_name: z.string().nullish().catch(null),
  real_name: z.string().nullish().catch(null),
  profile_url: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
})

/** An export of Flickr: one zip that describes the photos, and others that hold them. */
export const flickr: Source = {
  name: 'flickr',
  async recognise(tree) {
    const found = await accountOf(tree)
    if (found === null) return null
    return {
      platform: 'flickr',
      account: {
        platformUserId: found.nsid,
        username: found.screen_name ?? null,
        displayName: found.real_name || found.screen_name || null,
        profileUrl: found.profile_url ?? null,
      },
      refused: null,
    }
  },
  async *read(tree) {
    const found = await accountOf(tree)
    if (found) {
      yield {
        kind: 'profile',
        locator: profileIn(tree)?.path ?? '',
        displayName: found.real_name || found.screen_name || null,
        bio: found.description ? textOfHtml(found.description) : null,
        followers: null,
        following: null,
      }
    }
    const places = placesOf(tree)
    for (const file of tree.files()) {
      const [, id] = described.exec(file.path) ?? []
      if (id === undefined) continue
      const photo = recordOf(await jsonOf(file))
      yield photo ? post(file.path, 'flickr.photo', { photo, file: places.get(id) ?? null }) : problem(file.path)
    }
  },
}

/** Pictures and films by the numbers in their names, of which one is the photo's: `title_2634391576_o.jpg`. */
function placesOf(tree: Tree): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const { path } of tree.files()) {
    if (path.endsWith('.json')) continue
    const name = (path.split('/').at(-1) ?? '').replace(/\.\w{1,5}$/, '')
    for (const part of name.split('_')) if (/^\d{4,20}$/.test(part)) places.set(part, path)
  }
  return places
}

function profileIn(tree: Tree): TreeFile | null {
  return (
    tree.find('account_profile.json') ?? tree.files().find(({ path }) => path.endsWith('/account_profile.json')) ?? null
  )
}

async function accountOf(tree: Tree): Promise<z.infer<typeof account> | null> {
  const file = profileIn(tree)
  const parsed = account.safeParse(file && (await jsonOf(file)))
  return parsed.success ? parsed.data : null
}
