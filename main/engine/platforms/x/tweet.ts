import { z } from 'zod'
import { blankMedia, blankPost, type Format, type MediaDraft } from '../draft.ts'
import { textOfHtml } from '../html-text.ts'
import { firstInstant, instantOf } from '../instants.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'
import { wordsOf } from './words.ts'

const number = z.union([z.string().regex(/^\d{1,15}$/), z.number()]).transform(Number)
const variant = z.object({ url: z.string(), bitrate: maybe(number), content_type: maybe(z.string()) })
const medium = z.object({
  id_str: z.string().regex(/^\d{1,25}$/),
  type: z.string(),
  url: maybe(z.string()),
  media_url_https: z.string(),
  ext_alt_text: maybe(z.string()),
  video_info: maybe(z.object({ variants: z.array(variant) })),
})
export type XMedium = z.infer<typeof medium>
const address = z.object({ url: z.string(), expanded_url: z.string() })
const tweet = z.object({
  id_str: z.string().regex(/^\d{1,25}$/),
  full_text: z.string(),
  created_at: z.string(),
  in_reply_to_status_id_str: maybe(z.string()),
  in_reply_to_screen_name: maybe(z.string()),
  favorite_count: maybe(number),
  retweet_count: maybe(number),
  lang: maybe(z.string()),
  source: maybe(z.string()),
  possibly_sensitive: maybe(z.boolean()),
  coordinates: z.unknown().optional(),
  place: maybe(z.record(z.string(), z.unknown())),
  entities: maybe(
    z.object({
      urls: maybe(z.array(z.unknown())),
      media: maybe(z.array(z.unknown())),
      hashtags: maybe(z.array(z.object({ text: z.string() }))),
    }),
  ),
  extended_entities: maybe(z.object({ media: maybe(z.array(z.unknown())) })),
})
const noteAddress = z
  .object({ shortUrl: z.string(), expandedUrl: z.string() })
  .transform(({ shortUrl, expandedUrl }) => ({ url: shortUrl, expanded_url: expandedUrl }))
const note = z.object({ core: z.object({ text: z.string().min(1), urls: maybe(z.array(z.unknown())) }) })
const payload = z.object({ tweet, files: maybe(z.record(z.string(), z.string())), note: maybe(note) })

/**
 * A tweet of an archive, `{tweet, files, note}`: `files` has the paths of its media by their ids, `note` the whole text of one that
 * is cut off. All figures in it are texts.
 */
export const tweetFormat: Format = {
  platform: 'x',
  normalise(data, account) {
    const { tweet: found, files, note: whole } = shaped(payload, data)
    const media = mediaIn(found)
    const [, retweeted] = /^RT @(\w{1,50}):? /.exec(found.full_text) ?? []
    const parent = found.in_reply_to_status_id_str ?? null
    const addresses = [
      ...(found.entities?.urls ?? []).flatMap((each) => address.safeParse(each).data ?? []),
      ...(whole?.core.urls ?? []).flatMap((each) => noteAddress.safeParse(each).data ?? []),
    ]
    const drafts = media.map((each) => mediaOf(each, files?.[each.id_str] ?? null))
    return {
      ...blankPost(found.id_str, firstInstant(instantOfWords(found.created_at))),
      ...wordsOf(
        whole?.core.text ?? found.full_text,
        new Map(addresses.map(({ url, expanded_url }) => [url, expanded_url])),
        media,
        !whole,
      ),
      type: retweeted ? 'repost' : parent ? 'reply' : 'post',
      url: `https://x.com/${account.username ?? 'i'}/status/${found.id_str}`,
      inReplyTo: parent,
      engagement: present({ likes: found.favorite_count, reposts: found.retweet_count }) as Record<string, number>,
      // Media of others are not in an archive, and not fetched for a repost.
      media: retweeted ? drafts.filter(({ path }) => path !== null) : drafts,
      metadata: {
        x: present({
          reposts: retweeted,
          inReplyToName: found.in_reply_to_screen_name,
          language: found.lang,
          client: textOf(textOfHtml(found.source ?? '')),
          tags: found.entities?.hashtags?.map(({ text }) => text),
          isSensitive: found.possibly_sensitive === true ? true : null,
          // Which of the two numbers is the latitude differs between archives.
          coordinates: found.coordinates,
          place: found.place?.['full_name'],
        }),
      },
    }
  },
  lasting(data) {
    const { tweet: found, files, note } = shaped(payload, data)
    return { ...found, files, note, favorite_count: null, retweet_count: null }
  },
}

/** Media of a tweet that can be read. */
export function mediaIn(data: Pick<z.infer<typeof tweet>, 'entities' | 'extended_entities'>): XMedium[] {
  return (data.extended_entities?.media ?? data.entities?.media ?? []).flatMap((each) => {
    const parsed = medium.safeParse(each)
    return parsed.success ? [parsed.data] : []
  })
}

/** Addresses a medium may have been copied from, the best one first. */
export function addressesOf({ media_url_https, video_info }: XMedium): string[] {
  const films = (video_info?.variants ?? [])
    .filter(({ content_type }) => content_type !== 'application/x-mpegURL')
    .toSorted((a, b) => (b.bitrate ?? 0) - (a.bitrate ?? 0))
  return [...films.map(({ url }) => url), media_url_https]
}

function mediaOf(found: XMedium, path: string | null): MediaDraft {
  const isFilm = found.type !== 'photo'
  return {
    ...blankMedia(`x:${found.id_str}`, isFilm ? 'video' : 'photo'),
    path,
    url: path === null ? (addressesOf(found)[0] ?? null) : null,
    alt: textOf(found.ext_alt_text),
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant such as `Wed Oct 10 20:19:24 +0000 2018`. */
export function instantOfWords(text: string): string | null {
  const [, month = '', day, hour, minute, second, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) \+0000 (\d{4})$/.exec(text) ?? []
  const at = months.indexOf(month)
  return at < 0
    ? null
    : instantOf(Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second)))
}
