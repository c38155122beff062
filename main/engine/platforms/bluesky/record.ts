import { z } from 'zod'
import { BadPayload, blankMedia, blankPost, type Format, type MediaDraft, type PostDraft } from '../draft.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { present, shaped, textOf } from '../shape.ts'
import { hashOfName } from './cid.ts'
import { htmlOf } from './facets.ts'

const payload = z.object({
  uri: z.string().regex(/^at:\/\/did:[^/\s]+\/[\w.-]+\/\S+$/),
  cid: z.string(),
  value: z.record(z.string(), z.unknown()),
})
const reference = z.object({ uri: z.string(), cid: z.string().optional() })
const post = z.object({
  text: z.string().catch(''),
  createdAt: z.unknown().optional(),
  langs: z.array(z.string()).optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
  facets: z.array(z.unknown()).optional().catch(undefined),
  reply: z.object({ root: reference, parent: reference }).optional().catch(undefined),
  embed: z.record(z.string(), z.unknown()).optional().catch(undefined),
  labels: z.unknown().optional(),
})
const repost = z.object({ createdAt: z.unknown().optional(), subject: reference })
const external = z.object({
  uri: z.string(),
  title: z.string().catch(''),
  description: z.string().catch(''),
})

/** A record of a repository, as `listRecords` and a CAR give it: `{uri, cid, value}`. */
export const record: Format = {
  platform: 'bluesky',
  normalise(data) {
    const { uri, cid, value } = shaped(payload, data)
    const [, , did = '', collection = '', rkey = ''] = uri.split('/')
    if (collection === 'app.bsky.feed.post') return postOf(uri, did, rkey, cid, value)
    if (collection === 'app.bsky.feed.repost') return repostOf(uri, did, cid, value)
    throw new BadPayload(`a record of ${collection} is no post`)
  },
  lasting: (data) => data,
}

function postOf(uri: string, did: string, rkey: string, cid: string, value: object): PostDraft {
  const { text, createdAt, langs, tags, facets, reply, embed, labels } = shaped(post, value)
  const moment = momentOf(createdAt)
  const quoted = quotedIn(embed)
  const card = external.safeParse(
    partsOf(embed).find((part) => part['$type'] === 'app.bsky.embed.external')?.['external'],
  )
  return {
    ...blankPost(uri, firstInstant(moment?.instant)),
    type: reply ? 'reply' : 'post',
    text: textOf(text),
    html: textOf(text) && htmlOf(text, facets ?? []),
    url: `https://bsky.app/profile/${did}/post/${rkey}`,
    inReplyTo: reply?.parent.uri ?? null,
    threadRoot: reply?.root.uri ?? null,
    author: did,
    utcOffsetMinutes: moment?.utcOffsetMinutes ?? null,
    media: blobsOf({ uri, value }).map(({ media }) => media),
    metadata: {
      bluesky: present({ cid, langs, tags, labels, quotes: quoted, link: card.success ? present(card.data) : null }),
    },
  }
}

function repostOf(uri: string, did: string, cid: string, value: object): PostDraft {
  const { createdAt, subject } = shaped(repost, value)
  const moment = momentOf(createdAt)
  const [, , author = '', collection, rkey = ''] = subject.uri.split('/')
  return {
    ...blankPost(uri, firstInstant(moment?.instant)),
    type: 'repost',
    url: collection === 'app.bsky.feed.post' ? `https://bsky.app/profile/${author}/post/${rkey}` : null,
    author: did,
    utcOffsetMinutes: moment?.utcOffsetMinutes ?? null,
    metadata: { bluesky: present({ cid, subject }) },
  }
}

/** A picture or film of a record: who fetches it asks `com.atproto.sync.getBlob` for the two names. */
export interface BlobOf {
  readonly did: string
  readonly cid: string
  readonly media: MediaDraft
}

const embedded = z.object({ embed: post.shape.embed })
const quote = z.object({ record: z.union([reference, z.object({ record: reference })]) })
const blob = z.object({
  ref: z.object({ $link: z.string() }),
  mimeType: z.string().catch(''),
  size: z.number().int().nonnegative().nullable().catch(null),
})
const picture = z.object({ image: blob, alt: z.string().nullish().catch(null) })
const film = z.object({ video: blob, alt: z.string().nullish().catch(null) })

/** The pictures and films of a post's record, without addresses: these are for whoever knows the account's server. */
export function blobsOf(record: { readonly uri: string; readonly value: unknown }): BlobOf[] {
  const did = record.uri.split('/')[2] ?? ''
  const { embed } = shaped(embedded, record.value)
  const found = new Map<string, BlobOf>()
  const add = (kind: MediaDraft['kind'], { ref, mimeType, size }: z.infer<typeof blob>, alt: unknown): void => {
    const cid = ref.$link
    const key = `at://${did}/${cid}`
    const media = {
      ...blankMedia(key, kind),
      alt: textOf(alt),
      mimeType: textOf(mimeType),
      sizeBytes: size,
      sha256: hashOfName(cid),
    }
    if (!found.has(key)) found.set(key, { did, cid, media })
  }
  for (const part of partsOf(embed)) {
    for (const each of [part['images'], part['items']].flatMap((list) =>
      Array.isArray(list) ? (list as unknown[]) : [],
    )) {
      const one = picture.safeParse(each)
      if (one.success) add('photo', one.data.image, one.data.alt)
      const moving = film.safeParse(each)
      if (moving.success) add('video', moving.data.video, moving.data.alt)
    }
    const moving = film.safeParse(part)
    if (moving.success) add('video', moving.data.video, moving.data.alt)
  }
  return [...found.values()]
}

type Embed = Readonly<Record<string, unknown>>

/** An embed, and the media beside a quoted record. */
function partsOf(embed: Embed | undefined): Embed[] {
  const media = embed?.['media']
  return [embed, media].filter(
    (each): each is Embed => typeof each === 'object' && each !== null && !Array.isArray(each),
  )
}

/** Address of the record that a post quotes, alone or beside media. */
function quotedIn(embed: Embed | undefined): string | null {
  const nested = quote.safeParse(embed)
  if (!nested.success) return null
  const { record } = nested.data
  return 'uri' in record ? record.uri : record.record.uri
}
