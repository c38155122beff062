import { did, repositoryOf } from '../car-fixtures.ts'
import type { Sample } from './index.ts'

const posts = 'app.bsky.feed.post'
const records = {
  'app.bsky.actor.profile/self': { $type: 'app.bsky.actor.profile', displayName: 'Ana', description: 'Bio' },
  'app.bsky.feed.like/3j': { $type: 'app.bsky.feed.like', createdAt: '2024-01-01T00:00:00Z' },
  [`${posts}/3a`]: { $type: posts, text: 'one', createdAt: '2024-01-01T00:00:00Z' },
  [`${posts}/3b`]: { $type: posts, text: 'two \0 😀', createdAt: '2024-01-02T00:00:00Z' },
  [`${posts}/3c`]: { $type: posts, text: 'three', createdAt: '2024-01-03T00:00:00Z' },
  'app.bsky.feed.repost/3d': { subject: { uri: 'at://x/y/z', cid: 'c' }, createdAt: '2024-01-04T00:00:00Z' },
}

export const bluesky: Sample = {
  name: 'bluesky-car',
  files: { 'repo.car': repositoryOf(records) },
  broken: { 'repo.car': repositoryOf({ ...records, [`${posts}/3b`]: { text: 'two', createdAt: 'never' } }) },
  posts: [`${posts}/3a`, `${posts}/3b`, `${posts}/3c`, 'app.bsky.feed.repost/3d'].map((key) => `at://${did}/${key}`),
}
