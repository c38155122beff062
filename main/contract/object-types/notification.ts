import { body, fixed, flag, given, instant, objectType, label, named, nullable, shown } from '../fields.ts'
import { idSchema } from '../media.ts'

/** Something a person should know. */
export const notification = objectType({
  path: 'notifications',
  sort: '-created_at',
  title: ['title'],
  isDormant: true,
  fields: {
    kind: fixed(named(100)),
    title: fixed({ schema: given(500), isRequired: true }),
    body: fixed(body),
    object_id: fixed({ schema: nullable(idSchema), filter: 'value' }),
    object_type: fixed(label(50)),
    is_read: flag,
    read_at: shown(instant),
  },
})
