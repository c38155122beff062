import { z } from 'zod'
import { objectType, named, nullable } from '../fields.ts'

/** A word that is put on things. */
export const tag = objectType({
  path: 'tags',
  sort: 'name',
  title: ['name'],
  fields: {
    name: named(200),
    color: { schema: nullable(z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #ff5733')) },
  },
})
