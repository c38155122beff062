import { body, day, given, objectType, label, named, reference, ownDates } from '../fields.ts'

/** A paper, with what is written on it. */
export const document = objectType({
  path: 'documents',
  sort: '-happened_at',
  title: ['title'],
  fields: {
    title: named(1000),
    doc_type: { schema: given(100), filter: 'value', canSort: true },
    media_id: reference('media'),
    issued_at: day,
    expires_at: day,
    issuer: label(500),
    content_text: body,
    ...ownDates,
  },
})
