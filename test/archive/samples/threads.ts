import { mangled } from './instagram.ts'
import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

const about = {
  text_post_app_text_post_app_profile: [
    { string_map_data: { Username: { value: 'otter.lab' }, Name: { value: mangled('Otter é') } } },
  ],
}
const posts = [
  {
    media: [
      {
        uri: '',
        creation_timestamp: 1_754_466_859,
        title: mangled('agreed — yes'),
        cross_post_source: { source_app: 'FB' },
        text_app_post: { reply_control: 'everyone', is_reply: true, upload_ip: ip },
      },
    ],
  },
  { media: [{ uri: '', creation_timestamp: 1_754_466_860, title: odd }] },
  {
    title: 'two pictures',
    creation_timestamp: 1_754_500_000,
    media: [
      { uri: 'media/posts/202508/x_1.jpg', creation_timestamp: 1_754_500_000, title: '' },
      { uri: 'media/posts/202508/y_2.mp4', creation_timestamp: 1_754_500_001, title: '' },
    ],
  },
]
const files = {
  'your_instagram_activity/threads/personal_information.json': about,
  'your_instagram_activity/threads/threads_and_replies.json': { text_post_app_text_posts: posts },
  'your_instagram_activity/threads/liked_threads.json': { text_post_app_media_likes: [] },
  'media/posts/202508/x_1.jpg': 'picture',
  'media/posts/202508/y_2.mp4': 'film',
}

export const threads: Sample = {
  name: 'threads',
  files,
  broken: {
    ...files,
    'your_instagram_activity/threads/threads_and_replies.json': {
      text_post_app_text_posts: [posts[0], { media: 'none' }, posts[2]],
    },
  },
  posts: 3,
  isOdd: true,
  html: { 'your_instagram_activity/threads/threads_and_replies.html': '<html>' },
}
