import { z } from 'zod'
import { body, choice, count, flag, instant, objectType, label, nullable, number, shown, text } from '../fields.ts'
import { latitudeSchema, longitudeSchema, mediaTypeSchema, wallTimeSchema } from '../media.ts'

/** Photos, videos and whatever else was imported. Made by imports, with verbs of their own. */
export const media = objectType({
  path: 'media',
  sort: '-taken_local',
  title: ['filename'],
  hasOwnVerbs: true,
  fields: {
    filename: shown({ schema: z.string(), filter: 'value', canSort: true }),
    media_type: shown({ schema: mediaTypeSchema, filter: 'value', canSort: true }),
    mime_type: shown({ schema: z.string(), filter: 'value' }),
    size: shown({ schema: z.int(), filter: 'range', canSort: true }),
    width: shown(count),
    height: shown(count),
    duration: shown(number),
    file_path: shown({ schema: z.string() }),
    thumbnail_path: shown(text(1024)),
    hash: shown({ schema: z.string(), filter: 'value' }),
    taken_at: shown(instant),
    taken_local: { schema: nullable(wallTimeSchema), filter: 'range', canSort: true },
    utc_offset_minutes: { schema: nullable(z.int()) },
    taken_source: shown(label(50)),
    taken_confidence: shown(label(10)),
    taken_precision: shown(label(10)),
    latitude: shown({ ...number, schema: nullable(latitudeSchema) }),
    longitude: shown({ ...number, schema: nullable(longitudeSchema) }),
    rating: number,
    is_favorite: flag,
    description: body,
    processing_status: shown(choice('pending', 'processing', 'complete', 'failed')),
    thumbnail_generated: shown(flag),
    metadata_extracted: shown(flag),
  },
})
