import { z } from 'zod'

/** As much as one object may carry besides its own fields. */
const maxBytes = 1_048_576

const words = z.array(z.string().min(1).max(200)).max(1000)
const bag = z.record(z.string(), z.unknown())

/**
 * Namespaces that mean the same on every object. Others are free, but a service keeps what is its own below its name, so
 * two sources never write over each other.
 */
const known = z.looseObject({
  exif: bag.optional(),
  tags: words.optional(),
  description: z.string().max(50_000).nullish(),
  external_id: z.string().max(1024).optional(),
  location_name: z.string().max(500).nullish(),
  created_by: z.enum(['user', 'system']).optional(),
  reason: z.string().max(1000).optional(),
  instagram: z
    .looseObject({
      post_id: z.string().optional(),
      permalink: z.string().optional(),
      likes: z.int().optional(),
      comments: z.int().optional(),
      caption: z.string().nullish(),
      hashtags: z.array(z.string()).optional(),
    })
    .optional(),
  google_photos: z
    .looseObject({
      media_item_id: z.string().optional(),
      product_url: z.string().optional(),
      base_url: z.string().optional(),
      album_id: z.string().optional(),
    })
    .optional(),
  bluesky: bag.optional(),
  facebook: bag.optional(),
  mastodon: bag.optional(),
  strava: bag.optional(),
  custom: bag.optional(),
})

/** What is wrong with the metadata of an object, by field; empty is good. */
export function metadataProblems(metadata: unknown): { field: string; message: string }[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return [{ field: 'metadata', message: 'must be a JSON object' }]
  }
  // The database counts its own spelling of the text, which puts a space after each comma and colon.
  if (Buffer.byteLength(JSON.stringify(metadata, null, 1).replaceAll(/\n */g, ' ')) > maxBytes) {
    return [{ field: 'metadata', message: 'must be at most 1 MB' }]
  }
  const checked = known.safeParse(metadata)
  if (checked.success) return []
  return checked.error.issues.map((issue) => ({
    field: ['metadata', ...issue.path.map(String)].join('.'),
    message: issue.message,
  }))
}
