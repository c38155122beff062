import { z } from 'zod'
import { blankMedia, blankPost, type Format } from '../draft.ts'
import { escapedLines, isWebAddress } from '../html.ts'
import { textOfHtml } from '../html-text.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { isPlace } from '../meta/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'

const digits = z.union([z.string().regex(/^-?\d{1,15}$/), z.number()]).transform(Number)
const place = z.object({ latitude: digits, longitude: digits })
const photo = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  name: maybe(z.string()),
  description: maybe(z.string()),
  count_views: maybe(digits),
  count_faves: maybe(digits),
  count_comments: maybe(digits),
  date_taken: maybe(z.string()),
  date_imported: maybe(z.string()),
  photopage: maybe(z.string()),
  original: maybe(z.string()),
  license: maybe(z.string()),
  privacy: maybe(z.string()),
  geo: maybe(z.union([place, z.array(z.unknown())])),
  tags: maybe(z.array(z.unknown())),
  albums: maybe(z.array(z.unknown())),
})
const payload = z.object({ photo, file: maybe(z.string()) })
type Photo = z.infer<typeof photo>

/** A photo of an export, `{photo, file}`: its `photo_<id>.json`, and where the picture lies. */
export const flickrPhoto: Format = {
  platform: 'flickr',
  normalise(data) {
    const { photo: found, file } = shaped(payload, data)
    const name = textOf(found.name)
    const description = textOf(found.description)
    const original = found.original && isWebAddress(found.original) ? found.original : null
    const kind = /\.(?:mp4|mov|m4v|avi|mpg|wmv|3gp)$/i.test(file ?? original ?? '') ? 'video' : 'photo'
    return {
      // Neither time has a zone; the second is that of Flickr's own clock.
      ...blankPost(found.id, firstInstant(momentOf(found.date_imported)?.instant, momentOf(found.date_taken)?.instant)),
      text: textOf([name, description && textOfHtml(description)].filter((part) => part !== null).join('\n')),
      html: textOf(`${name ? `<p>${escapedLines(name)}</p>` : ''}${description ?? ''}`),
      url: found.photopage ?? null,
      isPublic: found.privacy === 'public',
      engagement: present({
        views: found.count_views,
        likes: found.count_faves,
        replies: found.count_comments,
      }) as Record<string, number>,
      media: [
        {
          ...blankMedia(`flickr:${found.id}`, kind),
          path: textOf(file),
          url: file ? null : original,
          ...placeIn(found.geo),
        },
      ].filter(({ path, url }) => path !== null || url !== null),
      metadata: {
        flickr: present({
          taken: found.date_taken,
          privacy: found.privacy,
          license: found.license,
          tags: namesIn(found.tags),
          albums: namesIn(found.albums),
        }),
      },
    }
  },
  lasting(data) {
    const { photo: found, file } = shaped(payload, data)
    return { ...found, file, count_views: null, count_faves: null, count_comments: null }
  },
}

/** Degrees are millionths of one; several places, or none, are a list. */
function placeIn(geo: Photo['geo']): { latitude: number | null; longitude: number | null } {
  const parsed = place.safeParse([geo].flat()[0])
  const [latitude, longitude] = parsed.success ? [parsed.data.latitude / 1e6, parsed.data.longitude / 1e6] : [0, 0]
  return isPlace(latitude, longitude) ? { latitude, longitude } : { latitude: null, longitude: null }
}

const named = z.union([z.object({ tag: z.string() }), z.object({ title: z.string() })])

/** Words of tags, and titles of albums. */
function namesIn(list: readonly unknown[] | null | undefined): string[] {
  return (list ?? []).flatMap((each) => {
    const { data } = named.safeParse(each)
    return data === undefined ? [] : 'tag' in data ? data.tag : data.title
  })
}
