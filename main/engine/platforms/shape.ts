import type { z } from 'zod'
import { BadPayload } from './draft.ts'

/** What a payload holds, as its schema knows it. Throws `BadPayload`. */
export function shaped<Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw new BadPayload(parsed.error.issues[0]?.message ?? 'not of this shape')
  return parsed.data
}

/** Without what is absent: metadata names only what there is. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** A text with something in it; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** A field that may be missing; one of another shape counts as missing. */
export function maybe<Schema extends z.ZodType>(schema: Schema): z.ZodCatch<z.ZodOptional<z.ZodNullable<Schema>>> {
  return schema.nullish().catch(null as never)
}
