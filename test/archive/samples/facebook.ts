import type { Files } from '../fixtures.ts'
import { mangled } from './instagram.ts'
import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

export const picture = (name: string, more: object = {}): object => ({
  uri: `your_facebook_activity/posts/media/photos_1/${name}.jpg`,
  creation_timestamp: 1_600_000_000,
  media_metadata: {
    photo_metadata: {
      exif_data: [{ upload_ip: ip, taken_timestamp: -62_169_958_800 }, { taken_timestamp: 1_500_000_000 }],
    },
  },
  title: 'Mobile uploads',
  ...more,
})
const profile = {
  profile_v2: {
    name: { full_name: mangled('Ana Müller') },
    profile_uri: 'https://www.facebook.com/ana.m',
    upload_ip: ip,
  },
}
const posts = [
  {
    timestamp: 1_600_000_000,
    data: [{ post: mangled('Grüße 😀') }, { update_timestamp: 1_600_000_900 }],
    title: 'Ana updated her status.',
    attachments: [{ data: [{ media: picture('11111111_2222222222_n') }] }],
    tags: [{ name: 'Ben' }],
  },
  { timestamp: 1_600_000_100, data: [{ post: odd }] },
  {
    timestamp: 1_600_000_200,
    fbid: '998877',
    label_values: [
      { label: 'Nachricht', value: mangled('Schön') },
      { label: 'IP-Adresse', value: ip },
      { label: 'URL', value: 'https://a.example/x' },
      { label: 'Medien', media: [picture('33333333_4444444444_n')] },
      {
        title: 'Ort',
        dict: [
          {
            title: '',
            dict: [
              { label: 'Name', value: 'Sacramento' },
              { label: 'Koordinaten', value: '(38.57 , -121.48)' },
            ],
          },
        ],
      },
    ],
  },
]
const files: Files = {
  'personal_information/profile_information/profile_information.json': profile,
  'your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json': posts,
  'your_facebook_activity/posts/album/0.json': {
    name: 'Album',
    photos: [picture('5', { description: mangled('Süd') })],
  },
  'your_facebook_activity/posts/your_uncategorized_photos.json': { other_photos_v2: [picture('6')] },
  'your_facebook_activity/posts/your_videos.json': { videos_v2: [picture('7')] },
  ...Object.fromEntries(
    ['11111111_2222222222_n', '33333333_4444444444_n', '5', '6', '7'].map((name) => [
      `your_facebook_activity/posts/media/photos_1/${name}.jpg`,
      'picture',
    ]),
  ),
}

export const facebook: Sample = {
  name: 'facebook',
  files,
  broken: {
    ...files,
    'your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json': [
      posts[0],
      { timestamp: 'x' },
      posts[2],
    ],
  },
  posts: 3,
  isOdd: true,
  html: {
    'personal_information/profile_information/profile_information.html': '<html>',
    'your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html': '<html>',
  },
}
