import { z } from 'zod'
import { blankMedia, blankPost, type Format, type MediaDraft } from '../draft.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'
import { isPublic } from './activity.ts'
import { figures, wordsOf } from './parts.ts'

const id = z.union([z.string(), z.number()]).transform(String)
const medium = z.object({
  id,
  type: z.enum(['image', 'video', 'gifv', 'audio']),
  url: maybe(z.string()),
  remote_url: maybe(z.string()),
  description: maybe(z.string()),
})
const poll = z.object({
  multiple: maybe(z.boolean()),
  expires_at: maybe(z.string()),
  options: z.array(z.object({ title: z.string(), votes_count: maybe(z.number()) })),
})
const other = z.object({ uri: maybe(z.string()), url: maybe(z.string()) })
const status = z.object({
  id,
  uri: z.string().min(1),
  url: maybe(z.string()),
  created_at: z.string(),
  edited_at: maybe(z.string()),
  content: maybe(z.string()),
  spoiler_text: maybe(z.string()),
  visibility: z.string(),
  sensitive: maybe(z.boolean()),
  language: maybe(z.string()),
  in_reply_to_id: maybe(id),
  in_reply_to_account_id: maybe(id),
  account: maybe(z.object({ id, uri: maybe(z.string()), url: maybe(z.string()) })),
  reblog: maybe(other),
  quote: maybe(z.object({ quoted_status: other })),
  tags: maybe(z.array(z.object({ name: z.string() }))),
  media_attachments: maybe(z.array(z.unknown())),
  poll: maybe(poll),
  replies_count: maybe(z.number()),
  reblogs_count: maybe(z.number()),
  favourites_count: maybe(z.number()),
})
type Status = z.infer<typeof status>

/** A status as a server's interface gives it. Its `uri` is the id that archives have, too. */
export const statusFormat: Format = {
  platform: 'mastodon',
  normalise(data) {
    const found = shaped(status, data)
    const moment = firstInstant(momentOf(found.created_at)?.instant)
    const blank = { ...blankPost(found.uri, moment), isPublic: isPublic(found.visibility) }
    if (found.reblog) {
      const of = found.reblog.uri ?? found.reblog.url ?? null
      const metadata = { mastodon: present({ visibility: found.visibility, reposts: of, statusId: found.id }) }
      return { ...blank, type: 'repost', url: of, metadata }
    }
    const { visibility, sensitive, language, tags, quote } = found
    return {
      ...blank,
      ...wordsOf(found.content, found.spoiler_text),
      type: found.in_reply_to_id ? 'reply' : 'post',
      url: found.url ?? found.uri,
      inReplyTo: parentOf(found),
      author: found.account?.uri ?? found.account?.url ?? null,
      updatedAt: momentOf(found.edited_at)?.instant ?? null,
      engagement: figures({
        likes: found.favourites_count,
        reposts: found.reblogs_count,
        replies: found.replies_count,
      }),
      media: (found.media_attachments ?? []).map(mediaOf).filter((each) => each !== null),
      metadata: {
        mastodon: present({
          visibility,
          spoiler: found.spoiler_text,
          isSensitive: sensitive === true ? true : null,
          language,
          tags: tags?.map(({ name }) => name),
          poll: found.poll && pollOf(found.poll),
          quotes: quote?.quoted_status.uri ?? quote?.quoted_status.url,
          statusId: found.id,
        }),
      },
    }
  },
  lasting(data) {
    const { uri, edited_at, content, spoiler_text, visibility, media_attachments, poll } = shaped(status, data)
    const media = (media_attachments ?? []).map(mediaOf).map((each) => each && [each.key, each.alt])
    return { uri, edited_at, content, spoiler_text, visibility, media, poll: poll?.options.map(({ title }) => title) }
  },
}

/** Address of what it answers. The interface tells it for posts of the same account only: theirs differ in the last part. */
function parentOf({ uri, in_reply_to_id, in_reply_to_account_id, account }: Status): string | null {
  const isOwn = in_reply_to_id && account && in_reply_to_account_id === account.id && /\/statuses\/\d+$/.test(uri)
  return isOwn ? uri.slice(0, uri.lastIndexOf('/') + 1) + in_reply_to_id : null
}

function mediaOf(data: unknown): MediaDraft | null {
  const parsed = medium.safeParse(data)
  if (!parsed.success) return null
  const { id, type, url, remote_url, description } = parsed.data
  const kind = type === 'image' ? 'photo' : type === 'audio' ? 'audio' : 'video'
  return { ...blankMedia(`mastodon:${id}`, kind), url: url ?? remote_url ?? null, alt: textOf(description) }
}

function pollOf({ options, multiple, expires_at }: z.infer<typeof poll>): object {
  return {
    options: options.map(({ title, votes_count }) => present({ title, votes: votes_count })),
    isMultiple: multiple === true,
    endsAt: expires_at ?? null,
  }
}
