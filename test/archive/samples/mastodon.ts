import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

const everybody = 'https://www.w3.org/ns/activitystreams#Public'
const ana = 'https://m.example/users/ana'

const actor = {
  id: ana,
  type: 'Person',
  preferredUsername: 'ana',
  name: 'Ana',
  summary: '<p>Bio</p>',
  url: 'https://m.example/@ana',
}

export function create(number: number, content: string, more: object = {}): Record<string, unknown> {
  const published = `2024-05-0${number}T10:00:00Z`
  return {
    id: `${ana}/statuses/${number}/activity`,
    type: 'Create',
    published,
    to: [everybody],
    cc: [`${ana}/followers`],
    object: {
      id: `${ana}/statuses/${number}`,
      type: 'Note',
      published,
      url: `https://m.example/@ana/${number}`,
      attributedTo: ana,
      to: [everybody],
      cc: [`${ana}/followers`],
      content,
      ...more,
    },
  }
}

const boost = {
  id: `${ana}/statuses/4/activity`,
  type: 'Announce',
  published: '2024-05-04T10:00:00Z',
  to: [everybody],
  cc: [],
  object: 'https://other.example/users/ben/statuses/9',
}
const vote = { id: `${ana}#votes/1`, type: 'Delete', object: 'x' }
const outbox = (orderedItems: readonly unknown[]): object => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: 'outbox.json',
  type: 'OrderedCollection',
  totalItems: orderedItems.length,
  orderedItems,
})
const picture = {
  type: 'Document',
  mediaType: 'image/jpeg',
  url: '/media_attachments/files/109/123/456/789/012/345/original/a.jpg',
  name: 'Alt',
}
const items = [
  create(1, '<p>one</p>', { attachment: [picture] }),
  create(2, `<p>${odd}</p>`, { inReplyTo: `${ana}/statuses/1` }),
  create(3, '<p>three</p>', { to: ['https://other.example/users/ben'], cc: [], ip: ip }),
  boost,
  vote,
]
const files = {
  'actor.json': actor,
  'outbox.json': outbox(items),
  'likes.json': outbox([]),
  'media_attachments/files/109/123/456/789/012/345/original/a.jpg': 'picture',
}

export const mastodon: Sample = {
  name: 'mastodon',
  files,
  broken: {
    ...files,
    'outbox.json': JSON.stringify(outbox(items)).replace('"published":"2024-05-02T10:00:00Z"', '"published":,'),
  },
  posts: [`${ana}/statuses/1`, `${ana}/statuses/2`, `${ana}/statuses/3`, `${ana}/statuses/4/activity`],
  isOdd: true,
}
