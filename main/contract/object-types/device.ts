import { choice, fixed, instant, objectType, label, named, text } from '../fields.ts'

/** A computer or phone of the person. */
export const device = objectType({
  path: 'devices',
  sort: '-created_at',
  title: ['name'],
  isDormant: true,
  fields: {
    name: named(200),
    kind: choice('computer', 'phone', 'tablet', 'server', 'camera', 'watch', 'other'),
    platform: label(100),
    app_version: text(100),
    public_key: fixed(text(10_000)),
    last_seen_at: instant,
    revoked_at: instant,
  },
})
