import { body, instantSchema, label, nullable, objectType, reference, text, urlSchema, utcOffset } from '../fields.ts'

/** A page that was kept. */
export const webPage = objectType({
  path: 'web-pages',
  sort: '-saved_at',
  title: ['title', 'url'],
  fields: {
    url: { schema: urlSchema, isRequired: true, filter: 'value' },
    canonical_url: { schema: nullable(urlSchema), filter: 'value' },
    title: { ...text(1000), canSort: true },
    author: label(500),
    excerpt: body,
    content_text: body,
    archived_media_id: reference('media'),
    saved_at: { schema: instantSchema, filter: 'range', canSort: true },
    utc_offset_minutes: utcOffset,
  },
})
