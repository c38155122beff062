import { z } from 'zod'
import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import { platformSchema } from './fields.ts'
import { daySchema, idSchema } from './media.ts'

export const postTypeSchema = z.enum(['post', 'activity', 'story', 'reel', 'reply', 'repost', 'article'])
export type PostType = z.infer<typeof postTypeSchema>

/** A picture or film of a post, here or not yet. */
export const postMediaSchema = z
  .object({
    /** What it became in the library; null while it is not there. */
    mediaId: idSchema.nullable(),
    status: z.enum(['pending', 'downloading', 'downloaded', 'failed', 'unavailable']),
    kind: z.enum(['photo', 'video', 'audio']),
    alt: z.string().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    isTrashed: z.boolean(),
    /** Why it could not be fetched; null where nothing went wrong. */
    error: z.string().nullable(),
  })
  .meta({ id: 'PostMedia' })
export type PostMedia = z.infer<typeof postMediaSchema>

export const postSchema = z
  .object({
    id: idSchema,
    platform: platformSchema,
    accountId: idSchema,
    /** As the service names who wrote it. */
    author: z.string().nullable(),
    type: postTypeSchema,
    text: z.string().nullable(),
    url: z.string().nullable(),
    activityType: z.string().nullable(),
    /** On the wall clock where it was written, as far as that is known: `2026-02-03T12:34:56.789`. */
    localAt: z.string(),
    at: z.iso.datetime({ offset: true }),
    /** Of that clock; null is unknown, `localAt` is then in UTC. */
    utcOffsetMinutes: z.int().nullable(),
    /** When it was last edited there. */
    editedAt: z.string().nullable(),
    inReplyTo: z.string().nullable(),
    isPublic: z.boolean(),
    /** It is gone there; it stays here. */
    isGone: z.boolean(),
    engagement: z.record(z.string(), z.number()),
    media: z.array(postMediaSchema),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PostCard' })
export type Post = z.infer<typeof postSchema>
export const postPageSchema = pageOf(postSchema).meta({ id: 'PostPage' })
export type PostPage = z.infer<typeof postPageSchema>

/** One version of a post, as its service or an export gave it. */
export const postVersionSchema = z
  .object({
    id: idSchema,
    /** Shape of the payload: `bluesky.record`, `mastodon.status` … */
    format: z.string().nullable(),
    receivedAt: z.string(),
    status: z.enum(['pending', 'processing', 'completed', 'failed', 'dead_letter']),
    error: z.string().nullable(),
    /** Its text; null where the payload says only that the post is gone. */
    text: z.string().nullable(),
    payload: z.unknown(),
  })
  .meta({ id: 'PostVersion' })
export type PostVersion = z.infer<typeof postVersionSchema>

export const postDetailSchema = z
  .object({
    post: postSchema,
    /** The newest first. */
    versions: z.array(postVersionSchema),
    /** At most one a day, the oldest first. */
    engagement: z.array(z.object({ at: z.string(), figures: z.record(z.string(), z.number()) })),
  })
  .meta({ id: 'PostDetail' })
export type PostDetail = z.infer<typeof postDetailSchema>

/** How many there are of each, for the filters. */
export const postCountsSchema = z
  .object({
    total: z.int(),
    accounts: z.array(z.object({ accountId: idSchema, posts: z.int() })),
    types: z.array(z.object({ type: postTypeSchema, posts: z.int() })),
    gone: z.int(),
  })
  .meta({ id: 'PostCounts' })
export type PostCounts = z.infer<typeof postCountsSchema>

export const reprocessedSchema = z
  .object({
    /** Posts worked out from their payloads again, and those that came out different. */
    posts: z.int(),
    changed: z.int(),
    /** Payloads that this version cannot read. */
    failed: z.int(),
    next: z.string().nullable(),
  })
  .meta({ id: 'Reprocessed' })
export type Reprocessed = z.infer<typeof reprocessedSchema>

export const postEndpoints = {
  feed: endpoint({
    method: 'GET',
    path: '/posts/feed',
    access: 'person',
    summary: 'Posts of all services by wall time, newest first',
    query: pageQuery({ default: 50, max: 500 }).extend({
      account: z.array(idSchema).max(100).optional(),
      platform: z.array(platformSchema).max(50).optional(),
      type: z.array(postTypeSchema).optional(),
      q: z
        .string()
        .max(500)
        .optional()
        .describe('Words that it has, in any order; “…” for a phrase, -word for without.'),
      from: daySchema.optional(),
      to: daySchema.optional(),
      gone: z.boolean().optional().describe('Only those that are gone at their service, or only the others.'),
      media: z.boolean().optional().describe('Only those with pictures or films, or only the others.'),
    }),
    answer: postPageSchema,
  }),
  counts: endpoint({
    method: 'GET',
    path: '/posts/counts',
    access: 'person',
    summary: 'How many posts there are of each connection and type',
    answer: postCountsSchema,
  }),
  detail: endpoint({
    method: 'GET',
    path: '/posts/{id}/detail',
    access: 'person',
    summary: 'One post with its versions as they came, and its figures over time',
    params: idParams,
    answer: postDetailSchema,
  }),
  reprocess: endpoint({
    method: 'POST',
    path: '/posts/reprocess',
    access: 'person',
    summary: 'Work posts out from their payloads again with today’s rules, some thousand at a time; no network is used',
    body: z.object({ cursor: z.string().max(200).nullable().default(null) }).meta({ id: 'ReprocessPosts' }),
    answer: reprocessedSchema,
  }),
}

/** What the log says of posts, besides what it says of every object. */
export const postActions = ['posts.reprocessed'] as const
