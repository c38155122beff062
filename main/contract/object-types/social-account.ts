import { body, count, fixed, flag, given, objectType, label, platformSchema, reference, text } from '../fields.ts'

/** Somebody on a service. */
export const socialAccount = objectType({
  path: 'social-accounts',
  sort: '-created_at',
  title: ['display_name', 'handle', 'platform_user_id'],
  fields: {
    platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value' }),
    platform_user_id: fixed({ schema: given(255), isRequired: true, filter: 'value' }),
    handle: label(255),
    display_name: text(500),
    bio: body,
    followers: count,
    following: count,
    is_self: flag,
    account_id: reference('integration'),
  },
})
