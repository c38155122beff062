import { z } from 'zod'
import { idSchema, timelinePageSchema } from './media.ts'

export const albumOrderSchema = z.enum(['date_asc', 'date_desc', 'manual'])
export type AlbumOrder = z.infer<typeof albumOrderSchema>

export const albumSchema = z.object({
  type: z.literal('album'),
  id: idSchema,
  name: z.string(),
  description: z.string().nullable(),
  /** What to show as cover: the chosen item, else the first one; null while the album is empty. */
  coverMediaId: idSchema.nullable(),
  /** A person chose the cover. */
  isCoverChosen: z.boolean(),
  sortOrder: albumOrderSchema,
  mediaCount: z.int(),
  /** The folder this album was made from on import. */
  sourceFolder: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deletedAt: z.string().nullable(),
})
export type Album = z.infer<typeof albumSchema>

const visibilitySchema = z.enum(['private', 'unlisted', 'public'])
/** Colour, icon and whatever else a program wants to remember of an album. */
const metadataSchema = z.record(z.string(), z.unknown())
const nameSchema = z.string().trim().min(1).max(200)
export const newAlbumSchema = z.object({
  name: nameSchema,
  description: z.string().max(10_000).nullish(),
  visibility: visibilitySchema.optional(),
  metadata: metadataSchema.optional(),
  mediaIds: z.array(idSchema).max(100_000).optional(),
})
export type NewAlbum = z.input<typeof newAlbumSchema>

/** Absent fields stay as they are; a null cover goes back to the first item. */
export const albumEditSchema = z.object({
  name: nameSchema.optional(),
  description: z.string().max(10_000).nullish(),
  coverMediaId: idSchema.nullish(),
  sortOrder: albumOrderSchema.optional(),
  visibility: visibilitySchema.optional(),
  metadata: metadataSchema.optional(),
})
export type AlbumEdit = z.input<typeof albumEditSchema>

export const mediaIdsSchema = z.object({ ids: z.array(idSchema).min(1).max(100_000) })

/** Puts items before another one of the album, or at the end when `before` is null; the album is then ordered by hand. */
export const albumMoveSchema = mediaIdsSchema.extend({ before: idSchema.nullable() })
export type AlbumMove = z.input<typeof albumMoveSchema>

export const albumPageSchema = timelinePageSchema
