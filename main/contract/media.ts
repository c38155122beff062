import { z } from 'zod'

export const idSchema = z.uuid()
export const mediaTypeSchema = z.enum(['photo', 'video', 'audio', 'document', 'other'])
export type MediaType = z.infer<typeof mediaTypeSchema>

/** Which rule gave the date. See docs/decisions for the ladder. */
export const takenSourceSchema = z.enum([
  'user',
  'xmp-sidecar',
  'exif-offset',
  'gps-zone',
  'gps-delta',
  'maker-note',
  'exif',
  'quicktime',
  'xmp',
  'iptc',
  'png-text',
  'takeout',
  'filename',
  'mtime',
])
export type TakenSource = z.infer<typeof takenSourceSchema>
export const confidenceSchema = z.enum(['high', 'medium', 'low'])
export type Confidence = z.infer<typeof confidenceSchema>

/** `2024-06-15T18:30:00.250`: a wall clock reading, no zone. */
export const wallTimeSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$/)
/** Minutes east of UTC. */
export const utcOffsetSchema = z
  .int()
  .min(-14 * 60)
  .max(14 * 60)
/** `2024-06-15` */
export const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** One tile of the grid, as small as it can be: 100,000 of these travel. `day` null = undated. */
export const tileSchema = z.object({
  id: idSchema,
  takenLocal: wallTimeSchema.nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** ThumbHash, base64; null while there is no picture. */
  thumbHash: z.string().nullable(),
  mediaType: mediaTypeSchema,
  durationSeconds: z.number().nullable(),
  /** Grid and viewer pictures exist. */
  hasThumbnail: z.boolean(),
  filename: z.string(),
  isFavorite: z.boolean(),
})
export type Tile = z.infer<typeof tileSchema>

/** Newest first; the undated bucket (`day` null) last. */
export const timelineDaysSchema = z.object({
  total: z.int(),
  days: z.array(z.object({ day: daySchema.nullable(), count: z.int() })),
})
export type TimelineDays = z.infer<typeof timelineDaysSchema>

/** A page of tiles in timeline order (wall time newest first, undated last); `next` continues it. */
export const timelinePageSchema = z.object({ tiles: z.array(tileSchema), next: z.string().nullable() })
export type TimelinePage = z.infer<typeof timelinePageSchema>

/** One row of `coffer timeline --json`. */
export const timelineRowSchema = z.object({
  id: idSchema,
  filename: z.string(),
  takenLocal: wallTimeSchema.nullable(),
  takenAt: z.string().nullable(),
  utcOffsetMinutes: z.int().nullable(),
  takenSource: takenSourceSchema.nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  hash: z.string(),
  mediaType: mediaTypeSchema,
})
export type TimelineRow = z.infer<typeof timelineRowSchema>

export const linkSchema = z.object({
  id: idSchema,
  linkType: z.string(),
  direction: z.enum(['from', 'to']),
  otherId: idSchema,
  otherType: z.string(),
  otherTitle: z.string().nullable(),
})

/** A media item whole: what the viewer's info panel and `coffer show` print. */
export const mediaSchema = z.object({
  type: z.literal('media'),
  id: idSchema,
  filename: z.string(),
  mediaType: mediaTypeSchema,
  mimeType: z.string(),
  sizeBytes: z.number(),
  hash: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationSeconds: z.number().nullable(),
  takenAt: z.string().nullable(),
  takenLocal: wallTimeSchema.nullable(),
  utcOffsetMinutes: z.int().nullable(),
  takenSource: takenSourceSchema.nullable(),
  takenConfidence: confidenceSchema.nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  altitudeM: z.number().nullable(),
  camera: z.object({ make: z.string().nullable(), model: z.string().nullable(), lens: z.string().nullable() }),
  exposure: z.object({
    seconds: z.number().nullable(),
    aperture: z.number().nullable(),
    iso: z.number().nullable(),
    focalLengthMm: z.number().nullable(),
  }),
  rating: z.number().nullable(),
  isFavorite: z.boolean(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  thumbHash: z.string().nullable(),
  hasThumbnail: z.boolean(),
  /** 'vault': Coffer keeps the bytes; 'reference': they stay where they are, indexed in place. */
  storage: z.enum(['vault', 'reference']),
  /** 'complete' | 'failed' (damaged: kept, but no picture could be made; `processingError` says why). */
  processingStatus: z.enum(['pending', 'processing', 'complete', 'failed']),
  processingError: z.string().nullable(),
  /** Every place the same bytes were seen. */
  sources: z.array(z.object({ path: z.string(), importId: idSchema.nullable(), seenAt: z.string() })),
  links: z.array(linkSchema),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
})
export type Media = z.infer<typeof mediaSchema>

/** Changes to a person's own fields of one item; absent fields stay as they are. */
export const mediaEditSchema = z.object({
  isFavorite: z.boolean().optional(),
  rating: z.number().min(0).max(5).nullish(),
  description: z.string().max(50_000).nullish(),
  /** Takes the place of what was there; what the file itself says (`exif`) stays. */
  metadata: z.record(z.string(), z.unknown()).optional(),
  /** The wall clock at the place; null makes the item undated. The instant follows from it and the offset. */
  takenLocal: wallTimeSchema.nullish(),
  utcOffsetMinutes: utcOffsetSchema.nullish(),
})
export type MediaEdit = z.input<typeof mediaEditSchema>
