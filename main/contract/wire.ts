import { z } from 'zod'

/**
 * Over HTTP every name is written in snake_case (`taken_local`), in TypeScript in camelCase (`takenLocal`). A schema
 * declares the names of TypeScript; the converters here follow the schema, so that names a person chose (keys of
 * `metadata`, say) are never touched.
 */

/** A field that a value has and its schema does not, or text that no database can keep. */
export interface WireIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

type Convert = (value: unknown, path: readonly PropertyKey[], issues: WireIssue[]) => unknown

interface Converters {
  readonly encode: Convert
  readonly decode: Convert
}

const known = new WeakMap<z.core.$ZodType, Converters>()
const same: Converters = { encode: (value) => value, decode: checkedText }

/** `takenLocal` is `taken_local`. */
export function wireName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A value as it goes over HTTP. Fields that its schema does not declare are left out. */
export function toWire(schema: z.core.$ZodType, value: unknown): unknown {
  return convertersOf(schema).encode(value, [], [])
}

/**
 * A value that came over HTTP under the names of its schema. Unknown fields, and text that no database can keep, are
 * added to `issues`; whether the values fit is for the schema to say afterwards.
 */
export function fromWire(schema: z.core.$ZodType, value: unknown, issues: WireIssue[] = []): unknown {
  return convertersOf(schema).decode(value, [], issues)
}

function convertersOf(schema: z.core.$ZodType): Converters {
  const present = known.get(schema)
  if (present) return present
  const made = makeConverters(schema)
  known.set(schema, made)
  return made
}

function makeConverters(schema: z.core.$ZodType): Converters {
  const inner = unwrapped(schema)
  if (inner !== schema) return convertersOf(inner)
  if (schema instanceof z.ZodObject) return ofObject(schema)
  if (schema instanceof z.ZodArray) return ofMany(convertersOf(schema.element), mapItems)
  if (schema instanceof z.ZodRecord) return ofMany(convertersOf(schema.valueType), mapValues)
  if (schema instanceof z.ZodUnion) return ofUnion(schema.options)
  return same
}

/** What a schema wraps: `optional`, `nullable`, `default` and the like change nothing about names. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch
  ) {
    return unwrapped(schema.def.innerType)
  }
  return schema
}

function ofObject(schema: z.ZodObject): Converters {
  const fields = Object.entries(schema.shape).map(([name, field]) => ({
    name,
    wire: wireName(name),
    of: convertersOf(field),
  }))
  const byWire = new Map(fields.map((field) => [field.wire, field]))
  const isLoose = schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodNever)
  const declared = new Set(fields.map((field) => field.name))
  return {
    encode(value, path, issues) {
      if (!isPlain(value)) return value
      const result: Record<string, unknown> = {}
      for (const { name, wire, of } of fields) {
        if (value[name] !== undefined) result[wire] = of.encode(value[name], path, issues)
      }
      // What is declared is more than what happens to be there under the same name.
      if (isLoose)
        for (const name of Object.keys(value))
          if (!declared.has(name)) result[name] = name in result ? result[name] : value[name]
      return result
    },
    decode(value, path, issues) {
      if (!isPlain(value)) return value
      const result: Record<string, unknown> = {}
      for (const [wire, each] of Object.entries(value)) {
        const field = byWire.get(wire)
        const at = [...path, wire]
        if (field) result[field.name] = field.of.decode(each, at, issues)
        else if (isLoose && wire !== '__proto__') result[wire] = checkedText(each, at, issues)
        else issues.push({ path: at, message: `is not a field here${suggestion(wire, byWire)}` })
      }
      return result
    },
  }
}

function suggestion(name: string, fields: ReadonlyMap<string, unknown>): string {
  const wire = wireName(name)
  return wire !== name && fields.has(wire) ? `; it is called “${wire}”` : ''
}

type MapEach = (value: unknown, each: (value: unknown, key: PropertyKey) => unknown) => unknown

const mapItems: MapEach = (value, each) =>
  Array.isArray(value) ? value.map((item, index) => each(item, index)) : value
const mapValues: MapEach = (value, each) =>
  isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item, key)])) : value

function ofMany(items: Converters, map: MapEach): Converters {
  const encode: Convert = (value, path, issues) => map(value, (item) => items.encode(item, path, issues))
  return {
    encode: items === same ? same.encode : encode,
    decode: (value, path, issues) => map(value, (item, key) => items.decode(item, [...path, key], issues)),
  }
}

/** The first option that takes the value as it is; only objects have names to convert. */
function ofUnion(options: readonly z.core.$ZodType[]): Converters {
  const objects = options.map(unwrapped).filter((option) => option instanceof z.ZodObject)
  const [only] = objects
  if (!only) return same
  const fits = (value: Readonly<Record<string, unknown>>, named: (name: string) => string): z.ZodObject =>
    objects.find((option) =>
      Object.entries(option.shape).every(([name, field]) => {
        const inner = unwrapped(field)
        return !(inner instanceof z.ZodLiteral) || inner.values.has(value[named(name)] as z.core.util.Literal)
      }),
    ) ?? only
  return {
    encode: (value, path, issues) =>
      isPlain(value) ? convertersOf(fits(value, (name) => name)).encode(value, path, issues) : value,
    decode: (value, path, issues) =>
      isPlain(value)
        ? convertersOf(fits(value, wireName)).decode(value, path, issues)
        : checkedText(value, path, issues),
  }
}

/** PostgreSQL keeps no NUL in a text, and UTF-8 no half of a surrogate pair: both are refused rather than changed. */
function checkedText(value: unknown, path: readonly PropertyKey[], issues: WireIssue[]): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      issues.push({ path, message: 'has a character that cannot be kept (NUL, or half of a pair)' })
    }
  } else if (Array.isArray(value)) value.forEach((item, index) => checkedText(item, [...path, index], issues))
  else if (isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkedText(key, [...path, key], issues)
      checkedText(item, [...path, key], issues)
    }
  }
  return value
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
