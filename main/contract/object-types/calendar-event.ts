import { body, choice, fixed, flag, instant, objectType, label, list, named, required, text } from '../fields.ts'

/** Something at a time. */
export const calendarEvent = objectType({
  path: 'calendar-events',
  sort: '-starts_at',
  title: ['title'],
  fields: {
    uid: fixed(label(1000)),
    title: named(1000),
    description: body,
    location_text: text(1000),
    starts_at: required(instant),
    ends_at: instant,
    all_day: flag,
    tz: text(100),
    rrule: text(2000),
    attendees: list,
    status: choice('confirmed', 'tentative', 'cancelled'),
  },
})
