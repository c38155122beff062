import { z } from 'zod'

import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import { reasonSchema } from './reasons.ts'
import { mostThumbnailsAtOnce } from './thumbnails.ts'

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
  'service',
  'filename',
  'gps',
  'mtime',
])
export type TakenSource = z.infer<typeof takenSourceSchema>
/** How far a date is known when its clock time is not; `takenLocal` is then that day, or the middle of the month or year. */
export const takenPrecisionSchema = z.enum(['year', 'month', 'day'])
export type TakenPrecision = z.infer<typeof takenPrecisionSchema>
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

/** Degrees. */
export const latitudeSchema = z.number().min(-90).max(90)
export const longitudeSchema = z.number().min(-180).max(180)

/** One tile of the grid, as small as it can be: 100,000 of these travel. `day` null = undated. */
export const tileSchema = z
  .object({
    id: idSchema,
    takenLocal: wallTimeSchema.nullable(),
    takenPrecision: takenPrecisionSchema.nullable(),
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
  .meta({ id: 'Tile' })
export type Tile = z.infer<typeof tileSchema>

/** Newest first; the undated bucket (`day` null) last. */
export const timelineDaysSchema = pageOf(z.object({ day: daySchema.nullable(), count: z.int() }))
  .extend({ total: z.int() })
  .meta({ id: 'TimelineDays' })
export type TimelineDays = z.infer<typeof timelineDaysSchema>

/** A page of tiles in timeline order (wall time newest first, undated last); `next` continues it. */
export const timelinePageSchema = pageOf(tileSchema).meta({ id: 'TimelinePage' })
export type TimelinePage = z.infer<typeof timelinePageSchema>

/** One row of `coffer timeline --json`. */
export const timelineRowSchema = z
  .object({
    id: idSchema,
    filename: z.string(),
    takenLocal: wallTimeSchema.nullable(),
    takenAt: z.string().nullable(),
    utcOffsetMinutes: z.int().nullable(),
    takenSource: takenSourceSchema.nullable(),
    takenPrecision: takenPrecisionSchema.nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    hash: z.string(),
    mediaType: mediaTypeSchema,
  })
  .meta({ id: 'TimelineRow' })
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
export const mediaSchema = z
  .object({
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
    takenPrecision: takenPrecisionSchema.nullable(),
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
    /**
     * 'complete'; 'pending': not read yet, tried again when idle; 'failed': damaged, pixels are missing. `processingError` says
     * why, also of a whole file that has no picture.
     */
    processingStatus: z.enum(['pending', 'processing', 'complete', 'failed']),
    processingError: reasonSchema.nullable(),
    /** Every place the same bytes were seen. */
    sources: z.array(z.object({ path: z.string(), importId: idSchema.nullable(), seenAt: z.string() })),
    /** Files that other programs keep beside it (XMP, AAE, THM), kept with it; `fields` is what of the item each gave. */
    sidecars: z.array(
      z.object({
        id: idSchema,
        kind: z.enum(['xmp', 'aae', 'thm']),
        filename: z.string(),
        sizeBytes: z.number(),
        hash: z.string(),
        fields: z.array(z.string()),
        seenAt: z.string(),
      }),
    ),
    links: z.array(linkSchema),
    createdAt: z.string(),
    updatedAt: z.string(),
    deletedAt: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Media' })
export type Media = z.infer<typeof mediaSchema>

/** Changes to a person's own fields of one item; absent fields stay as they are. */
export const mediaEditSchema = z
  .object({
    isFavorite: z.boolean().optional(),
    rating: z.number().min(0).max(5).nullish(),
    description: z.string().max(50_000).nullish(),
    /** Takes the place of what was there; what the file itself says (`exif`) stays. */
    metadata: z.record(z.string(), z.unknown()).optional(),
    /** The wall clock at the place; null makes the item undated. The instant follows from it and the offset. */
    takenLocal: wallTimeSchema.nullish(),
    utcOffsetMinutes: utcOffsetSchema.nullish(),
    /** Where it was taken, both or neither; null is nowhere known. */
    latitude: latitudeSchema.nullish(),
    longitude: longitudeSchema.nullish(),
  })
  .meta({ id: 'MediaEdit' })
export type MediaEdit = z.input<typeof mediaEditSchema>

/** An item with the fields that every object has. */
export const wholeMediaSchema = mediaSchema.loose().meta({ id: 'WholeMedia' })

/** The grid picture (short edge about 320 px) or the viewer picture (long edge 1440 px). */
export const pictureSizeSchema = z.enum(['grid', 'viewer'])

const one = { access: 'person', path: '/media/{id}', params: idParams } as const

/** A photo or another file with, if wanted, where it came from. */
export const uploadSchema = z
  .object({
    file: z.file(),
    sourceType: z.string().max(50).optional(),
    sourceId: z.string().max(1024).optional(),
    sourcePlatform: z.string().max(50).optional(),
    sourceIntegrationId: idSchema.optional(),
  })
  .meta({ id: 'Upload' })

export const timelineEndpoints = {
  days: endpoint({
    method: 'GET',
    path: '/timeline/days',
    access: 'person',
    summary: 'How many media each day has by wall time, newest first, undated last',
    answer: timelineDaysSchema,
  }),
  tiles: endpoint({
    method: 'GET',
    path: '/timeline/tiles',
    access: 'person',
    summary: 'A page of tiles in timeline order',
    query: pageQuery({ default: 500, max: 2000 }).extend({ day: daySchema.or(z.literal('undated')).optional() }),
    answer: timelinePageSchema,
  }),
  rows: endpoint({
    method: 'GET',
    path: '/timeline',
    access: 'person',
    summary: 'Media between two days with their dates, newest first',
    query: z.object({ from: daySchema.optional(), to: daySchema.optional(), limit: z.int().min(1).optional() }),
    answer: pageOf(timelineRowSchema).meta({ id: 'TimelineRows' }),
  }),
}

/** Lists in any order, history, revert and links are those of every object. */
export const mediaEndpoints = {
  read: endpoint({
    ...one,
    method: 'GET',
    summary: 'One item with metadata, provenance and links, trashed or not',
    answer: wholeMediaSchema,
  }),
  edit: endpoint({
    ...one,
    method: 'PATCH',
    summary: 'Change the caption, rating, favourite mark, date or place of an item',
    body: mediaEditSchema,
    answer: wholeMediaSchema,
    isVersioned: true,
  }),
  trash: endpoint({ ...one, method: 'DELETE', summary: 'Move an item to the trash' }),
  restore: endpoint({
    ...one,
    method: 'POST',
    path: '/media/{id}/restore',
    summary: 'Take an item out of the trash',
    answer: mediaSchema,
  }),
  original: endpoint({
    ...one,
    method: 'GET',
    path: '/media/{id}/original',
    summary: 'The bytes as they came; supports Range',
    answer: 'bytes',
  }),
  thumbnail: endpoint({
    ...one,
    method: 'GET',
    path: '/media/{id}/thumbnails/{size}',
    params: idParams.extend({ size: pictureSizeSchema }),
    summary: 'The grid or viewer picture of an item, a JPEG or WebP that never changes for this id',
    answer: 'bytes',
  }),
  thumbnails: endpoint({
    method: 'GET',
    path: '/thumbnails',
    access: 'person',
    summary:
      'Pictures of many items in one answer: for each id in turn its length as 32 bits, big-endian, then its bytes',
    query: z.object({ size: pictureSizeSchema, ids: z.array(idSchema).max(mostThumbnailsAtOnce) }),
    answer: 'bytes',
  }),
  upload: endpoint({
    method: 'POST',
    path: '/media/upload',
    access: 'person',
    summary: 'Upload a photo or another file; 200 instead of 201 when these bytes were here already',
    body: uploadSchema,
    answer: wholeMediaSchema,
    status: 201,
    isUpload: true,
  }),
}
