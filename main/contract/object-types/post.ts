import { z } from 'zod'
import {
  body,
  choice,
  fixed,
  flag,
  given,
  instant,
  objectType,
  label,
  nullable,
  platformSchema,
  reference,
  required,
  urlSchema,
  utcOffset,
} from '../fields.ts'

/** What was published on a service, as it came from there. */
export const post = objectType({
  path: 'posts',
  sort: '-created_at_platform',
  title: ['text_content', 'platform_post_id'],
  fields: {
    account_id: fixed(required(reference('integration'))),
    platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value' }),
    platform_post_id: fixed({ schema: given(1000), isRequired: true, filter: 'value' }),
    content_type: fixed(choice('post', 'activity', 'story', 'reel', 'reply', 'repost', 'article')),
    text_content: fixed(body),
    html_content: fixed(body),
    url: fixed({ schema: nullable(urlSchema) }),
    in_reply_to: fixed(label(1000)),
    thread_root: fixed(label(1000)),
    author_handle: fixed(label(255)),
    activity_type: fixed(label(100)),
    created_at_platform: fixed(required(instant)),
    updated_at_platform: fixed(instant),
    utc_offset_minutes: fixed(utcOffset),
    published: fixed(flag),
    deleted_on_platform: fixed(flag),
    engagement: fixed({ schema: z.record(z.string(), z.unknown()) }),
  },
})
