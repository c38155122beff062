import { blueskyCar } from './bluesky/car.ts'
import { cleaned } from './clean.ts'
import { facebook } from './facebook/source.ts'
import { flickr } from './flickr/source.ts'
import { instagram } from './instagram/source.ts'
import { mastodon } from './mastodon/source.ts'
import type { Source } from './source.ts'
import { strava } from './strava/source.ts'
import { threads } from './threads/source.ts'
import { x } from './x/source.ts'

/** Every service whose exports can be read. */
export const sources: readonly Source[] = [blueskyCar, mastodon, x, instagram, facebook, strava, threads, flickr].map(
  cleaned,
)
