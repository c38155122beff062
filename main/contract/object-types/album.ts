import { body, choice, count, objectType, named, reference, shown, visibilitySchema } from '../fields.ts'

/** Photos that belong together. */
export const album = objectType({
  path: 'albums',
  sort: 'name',
  title: ['name'],
  hasOwnVerbs: true,
  fields: {
    name: named(200),
    description: body,
    cover_media_id: reference('media'),
    sort_order: choice('date_asc', 'date_desc', 'manual'),
    media_count: shown(count),
    visibility: shown({ schema: visibilitySchema }),
  },
})
