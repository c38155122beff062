import { choice, flag, longText, objectType, text } from '../fields.ts'

/** A text. */
export const note = objectType({
  path: 'notes',
  sort: '-updated_at',
  title: ['title', 'body'],
  fields: {
    title: { ...text(1000), filter: 'value', canSort: true },
    body: { schema: longText },
    format: choice('markdown', 'plain', 'html'),
    pinned: flag,
  },
})
