import { z } from 'zod'
import { blankMedia, blankPost, type Format, type MediaDraft } from '../draft.ts'
import { escapedLines, isWebAddress } from '../html.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { figures } from '../mastodon/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'

const id = z.union([z.string().regex(/^\d{1,40}$/), z.int().positive()]).transform(String)
const text = maybe(z.string())
const file = z.object({ id: maybe(id), media_type: text, media_url: text, thumbnail_url: text })
const media = z.object({
  id,
  caption: text,
  media_type: z.string(),
  media_product_type: text,
  media_url: text,
  permalink: text,
  thumbnail_url: text,
  timestamp: text,
  username: text,
  like_count: maybe(z.number()),
  comments_count: maybe(z.number()),
  children: maybe(z.object({ data: z.array(z.unknown()) })),
})
type Media = z.infer<typeof media>

/** A post, reel or story as Instagram's interface gives it. Addresses of its pictures are signed, and end after some days. */
export const instagramMedia: Format = {
  platform: 'instagram',
  normalise(data) {
    const found = shaped(media, data)
    const caption = textOf(found.caption)
    const kinds: Readonly<Record<string, 'reel' | 'story'>> = { REELS: 'reel', STORY: 'story' }
    return {
      ...blankPost(found.id, firstInstant(momentOf(found.timestamp)?.instant)),
      type: kinds[found.media_product_type ?? ''] ?? 'post',
      text: caption,
      html: caption && `<p>${escapedLines(caption)}</p>`,
      url: found.permalink ?? null,
      author: textOf(found.username),
      engagement: figures({ likes: found.like_count, replies: found.comments_count }),
      media: mediaIn(found),
      metadata: { instagram: present({ kind: found.media_type, product: found.media_product_type }) },
    }
  },
  lasting(data) {
    const found = shaped(media, data)
    const { id: number, caption, media_type, media_product_type, timestamp, permalink } = found
    return {
      id: number,
      caption,
      media_type,
      media_product_type,
      timestamp,
      permalink,
      media: mediaIn(found).map(keyOf),
    }
  },
}

/** A carousel has several; each is known by an id of its own. */
function mediaIn(found: Media): MediaDraft[] {
  if (found.media_type !== 'CAROUSEL_ALBUM') return [medium(`ig:${found.id}:0`, found)]
  return (found.children?.data ?? []).flatMap((data, place) => {
    const parsed = file.safeParse(data)
    if (!parsed.success) return []
    const { id: own } = parsed.data
    return [medium(own ? `ig:${own}:0` : `ig:${found.id}:${place}`, parsed.data)]
  })
}

/** One without an address cannot be had at the moment, such as a film with music of somebody else's. */
function medium(
  key: string,
  { media_type, media_url }: Pick<Media, 'media_url'> & { media_type?: unknown },
): MediaDraft {
  const url = media_url && isWebAddress(media_url) ? media_url : null
  return { ...blankMedia(key, media_type === 'VIDEO' ? 'video' : 'photo'), url }
}

function keyOf({ key }: MediaDraft): string {
  return key
}
