import { z } from 'zod'
import { idSchema } from './media.ts'

/** What a field of an object may hold and what may be done with it. Names are the columns', as the API says them. */
export interface Field<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** Must be given when an object is made. */
  readonly isRequired?: true
  /** Set when the object is made and never again. */
  readonly isImmutable?: true
  /** Written by Coffer alone. */
  readonly isReadOnly?: true
  /** Lists can be filtered by this value, or by a range with `_from` and `_to`. */
  readonly filter?: 'value' | 'range'
  readonly canSort?: true
  /** Holds the id of an object of this type, of the same person. */
  readonly refersTo?: string
}

export interface ObjectType {
  /** Plural, as in the address of the API. */
  readonly path: string
  readonly fields: Readonly<Record<string, Field>>
  /** Order of a list nobody ordered; `-` is descending. */
  readonly sort: string
  /** What to call one of them: the first of these fields that says something. */
  readonly title: readonly string[]
  /** Has verbs of its own for making and changing; the common ones read, list, show history and revert. */
  readonly hasOwnVerbs?: true
  /** Has its table and keeps what is in it, and is not offered before something in Coffer does what it says. */
  readonly isDormant?: true
}

/** Describes a type of object. What TypeScript knows of an object follows from the fields. */
export function objectType<const T extends ObjectType>(described: T): T {
  return described
}

export const nullable = <T extends z.ZodType>(schema: T) => schema.nullable()
const line = (max: number) => z.string().max(max)
export const given = (max: number) => z.string().trim().min(1).max(max)
/** An instant with its offset, `2026-02-03T12:34:56.789Z`. */
export const instantSchema = z.iso.datetime({ offset: true })
export const longText = z.string().max(10_000_000)
export const urlSchema = z
  .string()
  .max(8192)
  .regex(/^https?:\/\/\S+$/i, 'must be a web address')
export const platformSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/, 'must be the name of a service, such as instagram')
  .meta({ examples: ['instagram', 'google_photos'] })
export const visibilitySchema = z.enum(['private', 'unlisted', 'public'])

/** Text nobody filters by. */
export const text = (max: number) => field({ schema: nullable(line(max)) })
/** Text that must be there. */
export const named = (max: number) => field({ schema: given(max), isRequired: true, filter: 'value', canSort: true })
/** Text that lists are filtered by. */
export const label = (max: number) => field({ schema: nullable(line(max)), filter: 'value' })
/** Text of any length. */
export const body = field({ schema: nullable(longText) })
export const instant = field({ schema: nullable(instantSchema), filter: 'range', canSort: true })
export const day = field({ schema: nullable(z.iso.date()), filter: 'range', canSort: true })
export const number = field({ schema: nullable(z.number()), filter: 'range', canSort: true })
export const count = field({ schema: nullable(z.int().nonnegative()), filter: 'range', canSort: true })
export const flag = field({ schema: z.boolean(), filter: 'value' })
export const list = field({ schema: z.array(z.unknown()).max(10_000) })
export const choice = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  field({ schema: z.enum(values), filter: 'value', canSort: true })
/** Minutes the wall clock was ahead of UTC; null is unknown, never guessed. */
export const utcOffset = field({ schema: nullable(z.int().min(-1080).max(1080)) })
/** How far a date is known when its clock time is not. */
export const datePrecision = field({ schema: nullable(z.enum(['year', 'month', 'day'])) })
/** Of what has no other time than that it was made, and edited, at its source or here. */
export const ownDates = {
  happened_at: instant,
  edited_at: instant,
  utc_offset_minutes: utcOffset,
  date_precision: datePrecision,
}
export const reference = <const To extends string>(refersTo: To) =>
  field({ schema: nullable(idSchema), filter: 'value', refersTo })

/** The same field, which must be given. */
export function required<F extends Field>(
  optional: F,
): F & { readonly schema: WithoutNull<F['schema']>; readonly isRequired: true } {
  const { schema } = optional
  const always = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema
  return { ...optional, schema: always as WithoutNull<F['schema']>, isRequired: true }
}
type WithoutNull<S> = S extends z.ZodNullable<infer Inner> ? Inner : S

/** The same field, set once. */
export function fixed<F extends Field>(changeable: F): F & { readonly isImmutable: true } {
  return { ...changeable, isImmutable: true }
}

/** The same field, written by Coffer alone. */
export function shown<F extends Field>(writable: F): F & { readonly isReadOnly: true } {
  return { ...writable, isReadOnly: true }
}

function field<const F extends Field>(described: F): F {
  return described
}
