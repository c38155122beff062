import { mended } from '../../platforms/index.ts'
import { items, jsonOf, problem, recordOf } from '../json.ts'
import { type MetaProfile, metaProfileOf } from '../meta-profile.ts'
import { post } from '../post.ts'
import type { Recognised, Source } from '../source.ts'
import type { Tree, TreeFile } from '../tree.ts'

/** Where the profile is, newest layout first. */
const profiles = [
  'personal_information/personal_information/personal_information',
  'personal_information/personal_information',
  'account_information/personal_information',
]
const named =
  /^(?:(?:your_instagram_activity\/)?(?:media|content)\/)(posts(?:_\d{1,6})?|stories|reels|igtv_videos|archived_posts)\.(json|html)$/

/** What a file holds, by its name. */
const kinds: Readonly<Record<string, { kind: 'post' | 'story' | 'reel'; key: string | null; isArchived: boolean }>> = {
  posts: { kind: 'post', key: null, isArchived: false },
  stories: { kind: 'story', key: 'ig_stories', isArchived: false },
  reels: { kind: 'reel', key: 'ig_reels_media', isArchived: false },
  igtv_videos: { kind: 'post', key: 'ig_igtv_media', isArchived: false },
  archived_posts: { kind: 'post', key: 'ig_archived_post_media', isArchived: true },
}

/** An export of Instagram in JSON, of any of its three layouts. */
export const instagram: Source = {
  name: 'instagram',
  async recognise(tree) {
    if (profiles.some((path) => tree.find(`${path}.json`)) || filesOf(tree, 'json').length > 0) {
      const about = await profileOf(tree)
      const isOther = about === null && filesOf(tree, 'json').length === 0
      return isOther ? null : recognised(about, null)
    }
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
        bio: about.bio,
        followers: null,
        following: null,
      }
    }
    for (const file of filesOf(tree, 'json')) {
      const [, name = ''] = named.exec(file.path) ?? []
      const found = kinds[name.startsWith('posts') ? 'posts' : name]
      if (found === undefined) continue
      const { kind, key, isArchived } = found
      for await (const item of items(file, { path: key === null ? [] : [key] })) {
        const locator = `${file.path}#${item.index}`
        const record = item.kind === 'item' ? recordOf(item.value) : null
        yield record
          ? post(locator, 'instagram.export', { kind, ...(isArchived && { isArchived }), record })
          : problem(locator)
      }
    }
  },
}

function filesOf(tree: Tree, ending: string): TreeFile[] {
  return tree.files().filter(({ path }) => named.exec(path)?.[2] === ending)
}

function recognised(about: MetaProfile | null, refused: Recognised['refused']): Recognised {
  const username = about?.username ?? null
  return {
    platform: 'instagram',
    account: {
      platformUserId: username ?? about?.name ?? 'unknown',
      username,
      displayName: about?.name ?? null,
      profileUrl: username && `https://www.instagram.com/${username}/`,
    },
    refused,
  }
}

async function profileOf(tree: Tree): Promise<MetaProfile | null> {
  const file = profiles.map((path) => tree.find(`${path}.json`)).find((each) => each !== null)
  return file ? metaProfileOf(mended(await jsonOf(file)), 'profile_user') : null
}
