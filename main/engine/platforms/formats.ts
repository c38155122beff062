import { record } from './bluesky/record.ts'
import type { Format } from './draft.ts'
import { facebookExport } from './facebook/export.ts'
import { flickrPhoto } from './flickr/photo.ts'
import { instagramExport } from './instagram/export.ts'
import { instagramMedia } from './instagram/media.ts'
import { activityFormat } from './mastodon/activity.ts'
import { statusFormat } from './mastodon/status.ts'
import { stravaActivity, stravaSummary } from './strava/activity.ts'
import { stravaExport } from './strava/export.ts'
import { threadsExport } from './threads/export.ts'
import { tweetFormat } from './x/tweet.ts'

/** Every shape of payload that a post is read from, by the name it is stored with. Never renamed: raw payloads are kept for good. */
export const formats: Readonly<Record<string, Format>> = {
  'bluesky.record': record,
  'facebook.export': facebookExport,
  'flickr.photo': flickrPhoto,
  'instagram.export': instagramExport,
  'instagram.media': instagramMedia,
  'mastodon.activity': activityFormat,
  'mastodon.status': statusFormat,
  'strava.activity': stravaActivity,
  'strava.export': stravaExport,
  'strava.summary': stravaSummary,
  'threads.export': threadsExport,
  'x.tweet': tweetFormat,
}

/** Null for one that this version does not know. */
export function formatOf(name: string): Format | null {
  return Object.hasOwn(formats, name) ? (formats[name] ?? null) : null
}
