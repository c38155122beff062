import { z } from 'zod'
import { instant, objectType, label, named, number, reference, required, utcOffset, datePrecision } from '../fields.ts'

/** Something measured or written down of the body. */
export const healthRecord = objectType({
  path: 'health-records',
  sort: '-recorded_at',
  title: ['record_type'],
  fields: {
    record_type: named(100),
    recorded_at: required(instant),
    utc_offset_minutes: utcOffset,
    date_precision: datePrecision,
    value: number,
    unit: label(50),
    code: label(200),
    payload: { schema: z.record(z.string(), z.unknown()) },
    provider: label(500),
    document_id: reference('document'),
  },
})
