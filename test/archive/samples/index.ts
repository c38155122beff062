import type { Files } from '../fixtures.ts'
import { bluesky } from './bluesky.ts'
import { facebook } from './facebook.ts'
import { flickr } from './flickr.ts'
import { instagram } from './instagram.ts'
import { mastodon } from './mastodon.ts'
import { strava } from './strava.ts'
import { threads } from './threads.ts'
import { x } from './x.ts'

/** A small export of a service, with everything that every source must be able to do. */
export interface Sample {
  readonly name: string
  readonly files: Files
  /** The same with one record broken that stands between others. */
  readonly broken: Files
  /** Ids of its posts, those made from content only by their number. */
  readonly posts: readonly string[] | number
  /** Whether the text `odd` is in one of its posts; a format that cannot hold halves of characters has none. */
  readonly isOdd?: boolean
  readonly html?: Files
}

export const samples: readonly Sample[] = [bluesky, mastodon, x, instagram, facebook, strava, threads, flickr]
