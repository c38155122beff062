import { z } from 'zod'
import { blankMedia, type Format, type MediaDraft, type PostDraft } from '../draft.ts'
import { isWebAddress } from '../html.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { figures } from '../mastodon/parts.ts'
import { isPlace } from '../meta/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'
import { type Place, summaryOf } from './line.ts'
import { blankActivity } from './parts.ts'
import { pointOf } from './point.ts'
import { decodedLine } from './polyline.ts'

const id = z.union([z.string().regex(/^\d{1,20}$/), z.int().positive()]).transform(String)
const text = maybe(z.string())
const figure = maybe(z.number())
const activity = z.object({
  id,
  name: text,
  description: text,
  private_note: text,
  type: text,
  sport_type: text,
  start_date: text,
  start_date_local: text,
  timezone: text,
  distance: figure,
  moving_time: figure,
  elapsed_time: figure,
  total_elevation_gain: figure,
  average_speed: figure,
  max_speed: figure,
  average_heartrate: figure,
  max_heartrate: figure,
  average_watts: figure,
  max_watts: figure,
  calories: figure,
  kudos_count: figure,
  comment_count: figure,
  total_photo_count: figure,
  private: maybe(z.boolean()),
  visibility: text,
  commute: maybe(z.boolean()),
  trainer: maybe(z.boolean()),
  manual: maybe(z.boolean()),
  gear_id: text,
  gear: maybe(z.object({ name: text })),
  device_name: text,
  map: maybe(z.object({ polyline: text, summary_polyline: text })),
})
type Activity = z.infer<typeof activity>

const photo = z.object({
  unique_id: z.string().min(1).max(200),
  urls: maybe(z.record(z.string(), z.string())),
  caption: text,
  created_at: text,
  location: maybe(z.tuple([z.number(), z.number()])),
  video_url: text,
})
const whole = z.object({
  activity,
  streams: maybe(z.object({ latlng: maybe(z.object({ data: z.array(z.unknown()) })) })),
  photos: maybe(z.array(z.unknown())),
})

/** An activity as it stands in a list: without its description, its pictures and its way. */
export const stravaSummary: Format = {
  platform: 'strava',
  normalise(data) {
    const found = shaped(activity, data)
    return draftOf(found, decodedLine(found.map?.summary_polyline ?? ''), [])
  },
  lasting: (data) => lastingOf(shaped(activity, data)),
}

/** An activity with everything there is of it, `{activity, streams, photos}`. */
export const stravaActivity: Format = {
  platform: 'strava',
  normalise(data) {
    const { activity: found, streams, photos } = shaped(whole, data)
    const way = (streams?.latlng?.data ?? []).flatMap(placeIn)
    const { polyline, summary_polyline } = found.map ?? {}
    const line = way.length > 0 ? way : decodedLine(polyline ?? summary_polyline ?? '')
    return draftOf(
      found,
      line,
      (photos ?? []).map(mediaOf).filter((each) => each !== null),
    )
  },
  lasting(data) {
    const { activity: found, photos } = shaped(whole, data)
    const { description, private_note, calories, device_name, gear, map } = found
    const { streams } = data as { streams?: unknown }
    const media = (photos ?? []).map(mediaOf).map((each) => each && [each.key, each.alt])
    const polyline = map?.polyline
    return { ...lastingOf(found), description, private_note, calories, device_name, gear, polyline, streams, media }
  },
}

function draftOf(found: Activity, way: readonly Place[], media: readonly MediaDraft[]): PostDraft {
  const start = momentOf(found.start_date)?.instant
  const { line, bounds } = summaryOf(way.map(([lat, lon]) => pointOf({ ...nowhere, lat, lon })))
  return {
    ...blankActivity(found.id, firstInstant(start), found),
    activityType: textOf(found.sport_type) ?? textOf(found.type),
    utcOffsetMinutes: offsetOf(found),
    isPublic: found.private === false && (found.visibility ?? 'everyone') === 'everyone',
    engagement: figures({ likes: found.kudos_count, replies: found.comment_count }),
    media,
    metadata: {
      strava: present({
        distanceMetres: found.distance,
        movingSeconds: found.moving_time,
        elapsedSeconds: found.elapsed_time,
        elevationGainMetres: found.total_elevation_gain,
        averageSpeed: found.average_speed,
        maxSpeed: found.max_speed,
        averageHeartRate: found.average_heartrate,
        maxHeartRate: found.max_heartrate,
        averageWatts: found.average_watts,
        maxWatts: found.max_watts,
        calories: found.calories,
        gear: textOf(found.gear?.name),
        privateNote: textOf(found.private_note),
        device: textOf(found.device_name),
        timezone: found.timezone,
        isCommute: found.commute === true ? true : null,
        isIndoors: found.trainer === true ? true : null,
        isManual: found.manual === true ? true : null,
        bounds,
        polyline: line,
      }),
    },
  }
}

const nowhere = { lat: null, lon: null, ele: null, time: null, hr: null, cad: null, watts: null, temp: null }

/** The local time has a false `Z`: what it is ahead of the true one is the offset. */
function offsetOf({ start_date, start_date_local }: Activity): number | null {
  const [instant, local] = [Date.parse(start_date ?? ''), Date.parse(start_date_local ?? '')]
  const minutes = Math.round((local - instant) / 60_000)
  return Math.abs(minutes) <= 14 * 60 ? minutes : null
}

function placeIn(data: unknown): Place[] {
  const [lat, lon] = Array.isArray(data) ? (data as unknown[]) : []
  return typeof lat === 'number' && typeof lon === 'number' && isPlace(lat, lon) ? [[lat, lon]] : []
}

/** The largest there is of a picture. A film has a picture of its own, and an address beside it. */
function mediaOf(data: unknown): MediaDraft | null {
  const parsed = photo.safeParse(data)
  if (!parsed.success) return null
  const { unique_id, urls, caption, created_at, location, video_url } = parsed.data
  const largest = Object.entries(urls ?? {})
    .filter(([, url]) => isWebAddress(url))
    .toSorted(([a], [b]) => (Number(b) || 0) - (Number(a) || 0))[0]?.[1]
  const film = video_url && isWebAddress(video_url) ? video_url : null
  const [latitude, longitude] = location && isPlace(...location) ? location : [null, null]
  if (film === null && largest === undefined) return null
  return {
    ...blankMedia(`strava:${unique_id}`, film === null ? 'photo' : 'video'),
    url: film ?? largest ?? null,
    alt: textOf(caption),
    takenAt: momentOf(created_at)?.instant ?? null,
    latitude,
    longitude,
  }
}

const lastingFields = [
  'id',
  'name',
  'type',
  'sport_type',
  'start_date',
  'start_date_local',
  'distance',
  'moving_time',
  'elapsed_time',
  'private',
  'visibility',
  'commute',
  'trainer',
  'gear_id',
  'total_photo_count',
] as const satisfies readonly (keyof Activity)[]

/** What an activity is by itself, in a list as well; the praise it gets is left out. */
function lastingOf(found: Activity): object {
  return Object.fromEntries(lastingFields.map((field) => [field, found[field]]))
}
