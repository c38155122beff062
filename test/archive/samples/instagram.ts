import type { Files } from '../fixtures.ts'
import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

/** What Meta's programs make of a text: each byte of UTF-8 a character. */
export function mangled(text: string): string {
  return Buffer.from(text).toString('latin1')
}

export const profile = {
  profile_user: [
    {
      media_map_data: {},
      string_map_data: {
        Email: { href: '', value: 'ana@mail.example', timestamp: 0 },
        Benutzername: { href: '', value: 'ana.b', timestamp: 0 },
        Name: { href: '', value: mangled('Ana Café'), timestamp: 0 },
        Geschlecht: { href: '', value: 'female', timestamp: 0 },
      },
    },
  ],
}
const media = (name: string, seconds: number, more: object = {}): object => ({
  uri: `media/posts/202401/${name}.jpg`,
  creation_timestamp: seconds,
  media_metadata: { photo_metadata: { exif_data: [{ latitude: 52.5, longitude: 13.4, upload_ip: ip }] } },
  title: '',
  ...more,
})
export const posts = [
  { media: [media('a_17900000000000001', 1_700_000_000, { title: mangled('Café 😀') })] },
  {
    media: [media('b_17900000000000002', 1_700_000_100), media('c_3', 1_700_000_101)],
    title: odd,
    creation_timestamp: 1_700_000_200,
  },
  { media: media('d_17900000000000004', 1_700_000_300, { title: 'three' }) },
]
const stories = { ig_stories: [{ uri: 'media/stories/202401/e_5.mp4', creation_timestamp: 1_700_000_400, title: '' }] }
const reels = {
  ig_reels_media: [
    { media: [{ uri: 'media/reels/202401/f_6.mp4', creation_timestamp: 1_700_000_500, title: 'reel' }] },
  ],
}
const files: Files = Object.fromEntries(
  [
    'posts/202401/a_17900000000000001.jpg',
    'posts/202401/b_17900000000000002.jpg',
    'posts/202401/c_3.jpg',
    'posts/202401/d_17900000000000004.jpg',
    'stories/202401/e_5.mp4',
    'reels/202401/f_6.mp4',
  ].map((name) => [`media/${name}`, 'bytes']),
)

/** The same export in each of the layouts there have been. */
export const layouts: readonly Files[] = [
  {
    ...files,
    'personal_information/personal_information/personal_information.json': profile,
    'your_instagram_activity/media/posts_1.json': posts,
    'your_instagram_activity/media/stories.json': stories,
    'your_instagram_activity/media/reels.json': reels,
  },
  {
    ...files,
    'personal_information/personal_information.json': profile,
    'your_instagram_activity/content/posts_1.json': posts,
    'your_instagram_activity/content/stories.json': stories,
    'your_instagram_activity/content/reels.json': reels,
  },
  {
    ...files,
    'account_information/personal_information.json': profile,
    'content/posts_1.json': posts,
    'content/stories.json': stories,
    'content/reels.json': reels,
  },
]
const newest = layouts[0] ?? {}

export const instagram: Sample = {
  name: 'instagram',
  files: newest,
  broken: {
    ...newest,
    'your_instagram_activity/media/posts_1.json': [posts[0], { ...posts[1], media: 'gone', uri: 7 }, posts[2]],
  },
  posts: 5,
  isOdd: true,
  html: {
    'your_instagram_activity/media/posts_1.html': '<html>',
    'personal_information/personal_information/personal_information.html': '<html>',
  },
}
