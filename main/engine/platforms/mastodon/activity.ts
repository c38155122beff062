import { z } from 'zod'
import { BadPayload, blankPost, type Format, type PostDraft } from '../draft.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'
import { figures, mediaOf, wordsOf } from './parts.ts'

const anyRecord = z.record(z.string(), z.unknown())
const hashtag = z.object({ type: z.literal('Hashtag'), name: z.string() })
const total = maybe(z.object({ totalItems: z.number() }))
const address = maybe(z.union([z.string(), z.array(z.unknown())]))
const answer = z.object({ name: z.string(), replies: total })
const activity = z.object({
  id: z.string(),
  type: z.enum(['Create', 'Announce']),
  published: maybe(z.string()),
  to: address,
  cc: address,
  object: z.union([z.string(), z.record(z.string(), z.unknown())]),
})
const note = z.object({
  id: z.string().min(1),
  type: maybe(z.string()),
  published: maybe(z.string()),
  updated: maybe(z.string()),
  summary: maybe(z.string()),
  content: maybe(z.string()),
  contentMap: maybe(z.record(z.string(), z.string())),
  url: maybe(z.string()),
  inReplyTo: maybe(z.string()),
  attributedTo: maybe(z.string()),
  sensitive: maybe(z.boolean()),
  to: address,
  cc: address,
  attachment: maybe(z.array(z.unknown())),
  tag: maybe(z.array(z.unknown())),
  oneOf: maybe(z.array(answer)),
  anyOf: maybe(z.array(answer)),
  endTime: maybe(z.string()),
  quote: maybe(z.string()),
  quoteUrl: maybe(z.string()),
  likes: total,
  shares: total,
  replies: total,
})

/** An activity of an archive's outbox: `Create` of a post, or `Announce` of somebody's. */
export const activityFormat: Format = {
  platform: 'mastodon',
  normalise(data) {
    const { id, type, published, to, cc, object } = shaped(activity, data)
    const moment = momentOf(published)
    if (type === 'Announce') {
      const of = typeof object === 'string' ? object : textOf(object['id'])
      const visibility = visibilityOf(to, cc)
      return {
        ...blankPost(id, firstInstant(moment?.instant)),
        type: 'repost',
        url: of,
        isPublic: isPublic(visibility),
        metadata: { mastodon: present({ visibility, reposts: of }) },
      }
    }
    if (typeof object === 'string') throw new BadPayload('a post without its content')
    return postOf(object, moment?.instant ?? null)
  },
  lasting(data) {
    const { object, ...rest } = shaped(anyRecord, data)
    if (typeof object !== 'object' || object === null) return data
    const { oneOf, anyOf, ...others } = object as Record<string, unknown>
    const changing = { likes: null, shares: null, replies: null, votersCount: null }
    return { ...rest, object: { ...others, ...changing, options: namesOf(oneOf ?? anyOf) } }
  },
}

function postOf(object: object, published: string | null): PostDraft {
  const data = shaped(note, object)
  const visibility = visibilityOf(data.to, data.cc)
  const media = (data.attachment ?? []).map(mediaOf).filter((each) => each !== null)
  const updated = momentOf(data.updated)?.instant ?? null
  const createdAt = firstInstant(momentOf(data.published)?.instant, published)
  const options = data.oneOf ?? data.anyOf
  const poll = options && {
    options: options.map(({ name, replies }) => present({ title: name, votes: replies?.totalItems })),
    isMultiple: !data.oneOf,
    endsAt: data.endTime ?? null,
  }
  return {
    ...blankPost(data.id, createdAt),
    ...wordsOf(data.content, data.summary),
    type: data.inReplyTo ? 'reply' : data.type === 'Article' ? 'article' : 'post',
    url: data.url ?? data.id,
    inReplyTo: data.inReplyTo ?? null,
    author: data.attributedTo ?? null,
    updatedAt: updated === createdAt ? null : updated,
    isPublic: isPublic(visibility),
    engagement: figures({
      likes: data.likes?.totalItems,
      reposts: data.shares?.totalItems,
      replies: data.replies?.totalItems,
    }),
    media,
    metadata: {
      mastodon: present({
        visibility,
        spoiler: data.summary,
        isSensitive: data.sensitive === true ? true : null,
        language: Object.keys(data.contentMap ?? {})[0],
        tags: tagsOf(data.tag),
        poll,
        quotes: data.quote ?? data.quoteUrl,
      }),
    },
  }
}

type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

function visibilityOf(to: unknown, cc: unknown): Visibility {
  const includes = (list: unknown, isSought: (address: string) => boolean): boolean =>
    [list].flat().some((each) => typeof each === 'string' && isSought(each))
  const everybody = (each: string): boolean =>
    /^(?:https:\/\/www\.w3\.org\/ns\/activitystreams#|as:)?Public$/.test(each)
  if (includes(to, everybody)) return 'public'
  if (includes(cc, everybody)) return 'unlisted'
  return includes([to, cc].flat(), (each) => each.endsWith('/followers')) ? 'private' : 'direct'
}

export function isPublic(visibility: string): boolean {
  return visibility === 'public' || visibility === 'unlisted'
}

function tagsOf(tags: readonly unknown[] | null | undefined): string[] {
  return (tags ?? []).flatMap((each) => {
    const tag = hashtag.safeParse(each)
    return tag.success ? [tag.data.name.replace(/^#/, '')] : []
  })
}

function namesOf(answers: unknown): unknown {
  return Array.isArray(answers) ? answers.map((each: { name?: unknown } | null) => each?.name) : null
}
