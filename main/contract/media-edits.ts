import { z } from 'zod'
import { endpoint, pageOf } from './endpoint.ts'
import { changedSchema, mediaIdsSchema } from './albums.ts'
import {
  daySchema,
  idSchema,
  latitudeSchema,
  longitudeSchema,
  mediaTypeSchema,
  tileSchema,
  utcOffsetSchema,
  wallTimeSchema,
} from './media.ts'
import { favouritesSchema, mediaTotalsSchema } from './trash.ts'

const nameOfTag = z.string().trim().min(1).max(100)

/** Puts a word on items, or takes it from them. */
export const mediaTagSchema = mediaIdsSchema.extend({ name: nameOfTag, isTagged: z.boolean() }).meta({ id: 'MediaTag' })
/** The items that a word was put on or taken from; the others had it so already. */
export const taggedSchema = z.object({ ids: z.array(idSchema) }).meta({ id: 'Tagged' })

/** A word that items carry, and how many of those that were asked about. */
export const tagCountSchema = z.object({ name: z.string(), count: z.int() })
export type TagCount = z.infer<typeof tagCountSchema>
export const tagCountsSchema = pageOf(tagCountSchema).meta({ id: 'TagCounts' })
export const tagNamesSchema = pageOf(z.string()).meta({ id: 'TagNames' })

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
export const mediaDatesSchema = mediaIdsSchema.extend({ change: dateChangeSchema }).meta({ id: 'MediaDates' })

const placeSchema = z.object({ latitude: latitudeSchema, longitude: longitudeSchema })
export type Place = z.infer<typeof placeSchema>
/** Where items were taken; null is nowhere known, `imported` what it was when the item came. */
export const mediaPlacesSchema = mediaIdsSchema
  .extend({ place: placeSchema.nullable().or(z.literal('imported')) })
  .meta({ id: 'MediaPlaces' })
export type PlaceChange = z.infer<typeof mediaPlacesSchema>['place']

/** How many items were changed, and the name of that change, by which it is undone; null when nothing was. */
export const editedSchema = z.object({ changed: z.int(), change: z.string().nullable() }).meta({ id: 'Edited' })
export type Edited = z.infer<typeof editedSchema>
export const undoEditSchema = z.object({ change: z.iso.datetime() })

/** The words and filters of a search for photos. */
export const mediaSearchSchema = z.object({
  q: z.string().max(500),
  type: mediaTypeSchema.optional(),
  favourites: z.boolean().default(false),
  limit: z.int().min(1).max(5000).default(2000),
})
/** What was found, newest first, and the days the words were taken to mean. */
export const mediaFoundSchema = pageOf(tileSchema)
  .extend({
    /** There is more than was asked for. */
    hasMore: z.boolean(),
    from: daySchema.nullable(),
    to: daySchema.nullable(),
    /** Of a query that found nothing: the same without what looks like a slip of the pen; it finds something. */
    instead: z.string().nullable(),
  })
  .meta({ id: 'MediaFound' })
export type MediaFound = z.infer<typeof mediaFoundSchema>

/** What the log says of photos, besides what it says of every object. */
export const mediaActions = [
  'media.edited',
  'media.tagged',
  'media.untagged',
  'media.uploaded',
  'media.healed',
] as const

/** Finding many items, and changing what a person says of many at once. */
export const mediaEditEndpoints = {
  search: endpoint({
    method: 'GET',
    path: '/media/search',
    access: 'person',
    summary:
      'Items that have every word, newest first: in name, caption, camera, tag or folder, or as their place; days, months, years, kinds of files and stars mean what they say',
    query: mediaSearchSchema,
    answer: mediaFoundSchema,
  }),
  favourites: endpoint({
    method: 'POST',
    path: '/media/favourites',
    access: 'person',
    summary: 'Mark items as favourites, or no longer',
    body: favouritesSchema,
    answer: changedSchema,
  }),
  totals: endpoint({
    method: 'POST',
    path: '/media/totals',
    access: 'person',
    summary: 'How many of these items there are, the size of their originals, and when they were taken',
    body: mediaIdsSchema,
    answer: mediaTotalsSchema,
    isReading: true,
  }),
  tagNames: endpoint({
    method: 'GET',
    path: '/media/tags',
    access: 'person',
    summary: 'Every word that items carry, from tags and from files, in alphabetical order',
    answer: tagNamesSchema,
  }),
  setTag: endpoint({
    method: 'POST',
    path: '/media/tags',
    access: 'person',
    summary: 'Put a tag on items, or take it from them; answers those that were not so already',
    body: mediaTagSchema,
    answer: taggedSchema,
  }),
  countTags: endpoint({
    method: 'POST',
    path: '/media/tags/count',
    access: 'person',
    summary: 'The tags of these items and how many of them have each, the most frequent first',
    body: mediaIdsSchema,
    answer: tagCountsSchema,
    isReading: true,
  }),
  changeDates: endpoint({
    method: 'POST',
    path: '/media/dates',
    access: 'person',
    summary: 'Set or shift when items were taken, or go back to the imported date; `change` undoes it',
    body: mediaDatesSchema,
    answer: editedSchema,
  }),
  changePlaces: endpoint({
    method: 'POST',
    path: '/media/places',
    access: 'person',
    summary: 'Set or remove where items were taken, or go back to the imported place; `change` undoes it',
    body: mediaPlacesSchema,
    answer: editedSchema,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/media/undo',
    access: 'person',
    summary: 'Take back one change of dates or places; what was changed again since stays',
    body: undoEditSchema,
    answer: editedSchema,
  }),
}
