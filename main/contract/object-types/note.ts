import { choice, flag, longText, objectType, text, ownDates } from '../fields.ts'

/** A text. */
export const note = objectType({
  path: 'notes',
  sort: '-edited_at',
  title: ['title', 'body'],
  fields: {
    title: { ...text(1000), filter: 'value', canSort: true },
    body: { schema: longText },
    format: choice('markdown', 'plain', 'html'),
    pinned: flag,
    ...ownDates,
  },
})
