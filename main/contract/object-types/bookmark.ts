import { body, instant, label, objectType, reference, text, urlSchema, ownDates } from '../fields.ts'

/** A page to go back to. */
export const bookmark = objectType({
  path: 'bookmarks',
  sort: '-happened_at',
  title: ['title', 'url'],
  fields: {
    url: { schema: urlSchema, isRequired: true, filter: 'value' },
    title: { ...text(1000), canSort: true },
    description: body,
    folder: { ...label(1000), canSort: true },
    web_page_id: reference('web_page'),
    visited_at: instant,
    ...ownDates,
  },
})
