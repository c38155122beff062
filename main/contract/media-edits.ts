import { z } from 'zod'
import { mediaIdsSchema } from './albums.ts'
import { daySchema, mediaTypeSchema, tileSchema, utcOffsetSchema, wallTimeSchema } from './media.ts'

const nameOfTag = z.string().trim().min(1).max(100)

/** Puts a word on items, or takes it from them. */
export const mediaTagSchema = mediaIdsSchema.extend({ name: nameOfTag, isTagged: z.boolean() })
/** The items that a word was put on or taken from; the others had it so already. */
export const taggedSchema = z.object({ ids: mediaIdsSchema.shape.ids.min(0) })

/** A word that items carry, and how many of those that were asked about. */
export const tagCountSchema = z.object({ name: z.string(), count: z.int() })
export type TagCount = z.infer<typeof tagCountSchema>
export const tagCountsSchema = z.object({ tags: z.array(tagCountSchema) })
export const tagNamesSchema = z.object({ names: z.array(z.string()) })

/** What becomes of the dates of items. Without an offset each keeps its own. */
export const dateChangeSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('date'), takenLocal: wallTimeSchema, utcOffsetMinutes: utcOffsetSchema.optional() }),
  /** All by the same time, forwards or backwards; undated items stay so. */
  z.object({
    to: z.literal('shift'),
    seconds: z
      .int()
      .min(-200 * 366 * 86_400)
      .max(200 * 366 * 86_400),
  }),
  z.object({ to: z.literal('undated') }),
  /** What it was when the item came, however often it was changed since. */
  z.object({ to: z.literal('imported') }),
])
export type DateChange = z.infer<typeof dateChangeSchema>
export const mediaDatesSchema = mediaIdsSchema.extend({ change: dateChangeSchema })

const placeSchema = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
export type Place = z.infer<typeof placeSchema>
/** Where items were taken; null is nowhere known, `imported` what it was when the item came. */
export const mediaPlacesSchema = mediaIdsSchema.extend({ place: placeSchema.nullable().or(z.literal('imported')) })
export type PlaceChange = z.infer<typeof mediaPlacesSchema>['place']

/** How many items were changed, and the name of that change, by which it is undone; null when nothing was. */
export const editedSchema = z.object({ changed: z.int(), change: z.string().nullable() })
export type Edited = z.infer<typeof editedSchema>
export const undoEditSchema = z.object({ change: z.iso.datetime() })

/** The words and filters of a search for photos. */
export const mediaSearchSchema = z.object({
  q: z.string().max(500),
  type: mediaTypeSchema.optional(),
  favourites: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(5000).default(2000),
})
/** What was found, newest first, and the days the words were taken to mean. */
export const mediaFoundSchema = z.object({
  tiles: z.array(tileSchema),
  /** There is more than was asked for. */
  hasMore: z.boolean(),
  from: daySchema.nullable(),
  to: daySchema.nullable(),
})
export type MediaFound = z.infer<typeof mediaFoundSchema>
