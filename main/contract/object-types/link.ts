import { z } from 'zod'
import { fixed, flag, objectType, nullable } from '../fields.ts'
import { idSchema } from '../media.ts'

/** That one thing belongs to another. */
export const link = objectType({
  path: 'links',
  sort: 'sort_order',
  title: ['link_type'],
  fields: {
    from_object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
    from_object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
    to_object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
    to_object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
    link_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
    strength: { schema: z.number().min(0).max(1), filter: 'range', canSort: true },
    is_bidirectional: flag,
    sort_order: { schema: nullable(z.int().nonnegative().max(2_147_483_647)), canSort: true },
  },
})
