import { z } from 'zod'
import { given, objectType, named, visibilitySchema } from '../fields.ts'

/** Something a person says of themselves. */
export const profileAttribute = objectType({
  path: 'profile-attributes',
  sort: 'key',
  title: ['key'],
  fields: {
    category: { schema: given(100), filter: 'value', canSort: true },
    key: named(100),
    value: { schema: z.unknown(), isRequired: true },
    visibility: { schema: visibilitySchema, filter: 'value' },
  },
})
