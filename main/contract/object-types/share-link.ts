import { z } from 'zod'
import { fixed, instant, objectType, nullable, shown } from '../fields.ts'
import { idSchema } from '../media.ts'

/** Something shown to somebody else. */
export const shareLink = objectType({
  path: 'share-links',
  sort: '-created_at',
  title: ['object_type'],
  isDormant: true,
  fields: {
    object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
    object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
    expires_at: instant,
    max_uses: { schema: nullable(z.int().positive().max(1_000_000)) },
    used: shown({ schema: z.int() }),
    revoked_at: instant,
  },
})
