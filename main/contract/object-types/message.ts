import { body, choice, fixed, instant, objectType, label, named, utcOffset } from '../fields.ts'

/** A message of a conversation, as it came. */
export const message = objectType({
  path: 'messages',
  sort: '-sent_at',
  title: ['body', 'sender'],
  fields: {
    conversation_id: fixed(named(1000)),
    channel: fixed(named(100)),
    sender: fixed(label(1000)),
    body: fixed(body),
    sent_at: fixed(instant),
    utc_offset_minutes: fixed(utcOffset),
    direction: fixed(choice('in', 'out')),
  },
})
