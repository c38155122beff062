import type { z } from 'zod'
import { sentences } from './http.ts'
import { ServiceError } from './service-error.ts'

/** An answer of the shape it should have. Throws `ServiceError` nonsense for any other. */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, json: unknown): z.infer<Schema> {
  const found = schema.safeParse(json)
  if (!found.success) throw new ServiceError('nonsense', sentences.nonsense)
  return found.data
}
