/** A post as every service's is told, worked out from what the service gave. */
export interface PostDraft {
  /** Its id at the service; one made from its content (`fp:…`) where an archive has none. */
  readonly id: string
  readonly type: 'post' | 'activity' | 'story' | 'reel' | 'reply' | 'repost' | 'article'
  readonly text: string | null
  /** The same with its links, as the service's HTML; never shown unfiltered. */
  readonly html: string | null
  readonly url: string | null
  readonly inReplyTo: string | null
  readonly threadRoot: string | null
  readonly author: string | null
  /** Kind of activity, such as Run. */
  readonly activityType: string | null
  /** An instant, ISO 8601. */
  readonly createdAt: string
  readonly updatedAt: string | null
  /** Of the clock it was written by; null where the service does not tell, never guessed. */
  readonly utcOffsetMinutes: number | null
  /** Anyone can see it there. */
  readonly isPublic: boolean
  /** Figures such as likes, replies and reposts; empty where the service tells none. */
  readonly engagement: Readonly<Record<string, number>>
  readonly media: readonly MediaDraft[]
  /** What a screen shows besides, in the service's own words, below the name of the platform. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** A picture, film or sound of a post. */
export interface MediaDraft {
  /** What it is for good: `at://did/cid`, `mastodon:<id>`, `archive:<path>`. Addresses that expire are none. */
  readonly key: string
  /** Where to fetch it; null where it lies in the archive. */
  readonly url: string | null
  /** Where it lies in the archive, by its path from the top, with `/`. */
  readonly path: string | null
  readonly kind: 'photo' | 'video' | 'audio'
  readonly alt: string | null
  readonly mimeType: string | null
  readonly sizeBytes: number | null
  /** Of its bytes, hex, where the service tells; they are compared with it. */
  readonly sha256: string | null
  /** When and where it was taken, where the service knows better than the file: services strip both from it. */
  readonly takenAt: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** Whose posts they are. */
export interface AccountOf {
  readonly platformUserId: string | null
  readonly username: string | null
}

/** One shape of payload, and how a post is read from it. */
export interface Format {
  readonly platform: string
  /** Throws `BadPayload` for what is not of this shape. Pure: the same payload gives the same draft for ever. */
  normalise(data: unknown, account: AccountOf): PostDraft
  /** The payload without figures that change by themselves, such as likes: whether it is another version of the post. */
  lasting?(data: unknown): unknown
}

/** A payload that is not of the shape it should be. */
export class BadPayload extends Error {}

/** A draft with nothing but what every post has. */
export function blankPost(id: string, createdAt: string): PostDraft {
  return {
    id,
    type: 'post',
    text: null,
    html: null,
    url: null,
    inReplyTo: null,
    threadRoot: null,
    author: null,
    activityType: null,
    createdAt,
    updatedAt: null,
    utcOffsetMinutes: null,
    isPublic: true,
    engagement: {},
    media: [],
    metadata: {},
  }
}

/** A medium of which nothing but what it is and where it is are known. */
export function blankMedia(key: string, kind: MediaDraft['kind']): MediaDraft {
  return {
    key,
    kind,
    url: null,
    path: null,
    alt: null,
    mimeType: null,
    sizeBytes: null,
    sha256: null,
    takenAt: null,
    latitude: null,
    longitude: null,
  }
}
