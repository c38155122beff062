import { z } from 'zod'
import { body, choice, instant, label, objectType, reference, required, utcOffset, datePrecision } from '../fields.ts'

/** Money that moved. */
export const transaction = objectType({
  path: 'transactions',
  sort: '-occurred_at',
  title: ['counterparty', 'memo', 'category'],
  fields: {
    account_name: label(500),
    occurred_at: required(instant),
    utc_offset_minutes: utcOffset,
    date_precision: datePrecision,
    amount: { schema: z.number().nonnegative().max(1e15), isRequired: true, filter: 'range', canSort: true },
    currency: {
      schema: z.string().regex(/^[A-Z]{3}$/, 'must be a code such as EUR'),
      isRequired: true,
      filter: 'value',
    },
    direction: { ...choice('in', 'out'), isRequired: true },
    counterparty: label(500),
    category: label(200),
    memo: body,
    receipt_media_id: reference('media'),
  },
})
