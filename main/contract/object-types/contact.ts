import { body, day, objectType, label, list, named, reference } from '../fields.ts'

/** Somebody the person knows. */
export const contact = objectType({
  path: 'contacts',
  sort: 'display_name',
  title: ['display_name'],
  fields: {
    display_name: named(500),
    given_name: label(200),
    family_name: label(200),
    organisation: label(500),
    emails: list,
    phones: list,
    addresses: list,
    birthday: day,
    note: body,
    photo_media_id: reference('media'),
  },
})
