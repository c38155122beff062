import { createHash } from 'node:crypto'
import { z } from 'zod'
import { blankMedia, type MediaDraft } from '../draft.ts'
import { instantOfSeconds } from '../instants.ts'
import { maybe } from '../shape.ts'

/** Degrees are texts in some exports. */
const degrees = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d{1,20})?$/)
    .transform(Number),
])
const exif = z.object({
  latitude: maybe(degrees),
  longitude: maybe(degrees),
  taken_timestamp: maybe(z.number()),
})
const about = maybe(z.object({ exif_data: maybe(z.array(exif)) }))

/** A medium of an export of Instagram or Facebook. */
export const metaMedium = z.object({
  uri: z.string().min(1),
  creation_timestamp: maybe(z.number()),
  title: maybe(z.string()),
  description: maybe(z.string()),
  media_metadata: maybe(z.object({ photo_metadata: about, video_metadata: about })),
  cross_post_source: maybe(z.object({ source_app: maybe(z.string()) })),
})
export type MetaMedium = z.infer<typeof metaMedium>

/** When and where it was taken: the files themselves no longer know. */
export function takenOf(found: MetaMedium): Pick<MediaDraft, 'takenAt' | 'latitude' | 'longitude'> {
  const { photo_metadata: photo, video_metadata: film } = found.media_metadata ?? {}
  const all = [...(photo?.exif_data ?? []), ...(film?.exif_data ?? [])]
  const place = all.find(
    ({ latitude: north, longitude: east }) =>
      typeof north === 'number' && typeof east === 'number' && isPlace(north, east),
  )
  // A camera without a clock says the year 0, or before.
  const taken = all
    .map(({ taken_timestamp }) => taken_timestamp ?? 0)
    .find((each) => each > -3_000_000_000 && each !== 0)
  return { takenAt: instantOfSeconds(taken), latitude: place?.latitude ?? null, longitude: place?.longitude ?? null }
}

/** Whether two numbers are a place; zero and zero are none. */
export function isPlace(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0)
}

export function metaMediaOf(found: MetaMedium, alt: string | null): MediaDraft {
  const isAway = /^https?:\/\//.test(found.uri)
  return {
    ...blankMedia(`archive:${found.uri}`, kindOfName(found.uri)),
    url: isAway ? found.uri : null,
    path: isAway ? null : found.uri,
    alt,
    ...takenOf(found),
  }
}

function kindOfName(name: string): MediaDraft['kind'] {
  if (/\.(?:mp4|mov|m4v|webm|avi|3gp)$/i.test(name)) return 'video'
  return /\.(?:mp3|m4a|aac|ogg|opus|wav)$/i.test(name) ? 'audio' : 'photo'
}

/** What stays the same of a medium's name from one export to the next: its number, where it has one. */
export function lastingName(uri: string): string {
  const name = uri.split('/').at(-1) ?? uri
  return /(\d{8,32})(?:_[a-z])?\.\w{1,5}$/.exec(name)?.[1] ?? name
}

/** An id made of what stays the same. */
export function fingerprint(fields: readonly unknown[]): string {
  return `fp:${createHash('sha256').update(JSON.stringify(fields)).digest('hex')}`
}
