import { instant, objectType, label, number, utcOffset } from '../fields.ts'
import { latitudeSchema, longitudeSchema } from '../media.ts'

/** Where the person was. */
export const location = objectType({
  path: 'locations',
  sort: '-recorded_at',
  title: ['place_name', 'activity'],
  fields: {
    latitude: { schema: latitudeSchema, isRequired: true, filter: 'range' },
    longitude: { schema: longitudeSchema, isRequired: true, filter: 'range' },
    accuracy_m: number,
    altitude_m: number,
    recorded_at: instant,
    ended_at: instant,
    utc_offset_minutes: utcOffset,
    place_name: label(500),
    activity: label(100),
  },
})
