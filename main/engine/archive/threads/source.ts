import { mended } from '../../platforms/index.ts'
import { items, jsonOf, problem, recordOf } from '../json.ts'
import { type MetaProfile, metaProfileOf } from '../meta-profile.ts'
import { post } from '../post.ts'
import type { Recognised, Source } from '../source.ts'
import type { Tree } from '../tree.ts'

/** The folder, which is part of Instagram's export; its own exports may start in it. */
const folders = ['your_instagram_activity/threads', 'threads']
const table = 'threads_and_replies'

/** An export of Threads in JSON. */
export const threads: Source = {
  name: 'threads',
  async recognise(tree) {
    if (placeOf(tree, 'json') !== null) return recognised(await profileOf(tree), null)
    return placeOf(tree, 'html') === null ? null : recognised(null, { code: 'archive-html', details: {} })
  },
  async *read(tree) {
    const folder = placeOf(tree, 'json')
    const file = folder === null ? null : tree.find(`${folder}/${table}.json`)
    if (file === null) return
    const about = await profileOf(tree)
    if (about) {
      const locator = `${folder}/personal_information.json`
      yield { kind: 'profile', locator, displayName: about.name, bio: about.bio, followers: null, following: null }
    }
    for await (const item of items(file, { path: ['text_post_app_text_posts'] })) {
      const locator = `${file.path}#${item.index}`
      const record = item.kind === 'item' ? recordOf(item.value) : null
      yield record ? post(locator, 'threads.export', { record }) : problem(locator)
    }
  },
}

function placeOf(tree: Tree, ending: string): string | null {
  return folders.find((folder) => tree.find(`${folder}/${table}.${ending}`)) ?? null
}

async function profileOf(tree: Tree): Promise<MetaProfile | null> {
  const file = tree.find(`${placeOf(tree, 'json')}/personal_information.json`)
  return file && metaProfileOf(mended(await jsonOf(file)), 'text_post_app_text_post_app_profile')
}

function recognised(about: MetaProfile | null, refused: Recognised['refused']): Recognised {
  const username = about?.username ?? null
  return {
    platform: 'threads',
    account: {
      platformUserId: username ?? about?.name ?? 'unknown',
      username,
      displayName: about?.name ?? null,
      profileUrl: username && `https://www.threads.com/@${username}`,
    },
    refused,
  }
}
