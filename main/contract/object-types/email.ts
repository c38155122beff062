import { body, fixed, flag, instant, objectType, label, list, text, utcOffset } from '../fields.ts'

/** A mail, as it came. */
export const email = objectType({
  path: 'emails',
  sort: '-sent_at',
  title: ['subject', 'from_address'],
  fields: {
    thread_id: fixed(label(1000)),
    message_id: fixed(label(1000)),
    folder: label(500),
    subject: fixed(text(10_000)),
    from_address: fixed(label(1000)),
    to_addresses: fixed(list),
    cc_addresses: fixed(list),
    bcc_addresses: fixed(list),
    sent_at: fixed(instant),
    received_at: fixed(instant),
    utc_offset_minutes: fixed(utcOffset),
    body_text: fixed(body),
    body_html: fixed(body),
    is_read: flag,
  },
})
