import { z } from 'zod'
import { objectTypes, offeredTypeNames, type ObjectTypeName } from '../../contract/index.ts'
import { fieldsOf } from '../objects/index.ts'

/** Types with lines of a form of their own. */
const otherwise: readonly ObjectTypeName[] = ['media', 'album', 'tag', 'link']

/** The other types, each after all those that its fields refer to. */
export const describedTypes: readonly ObjectTypeName[] = inOrder(
  offeredTypeNames.filter((type) => !otherwise.includes(type)),
)

function inOrder(types: readonly ObjectTypeName[]): ObjectTypeName[] {
  const done: ObjectTypeName[] = []
  while (done.length < types.length) {
    const next = types.filter(
      (type) =>
        !done.includes(type) &&
        referencesOf(type).every(({ to }) => to === type || done.includes(to) || !types.includes(to)),
    )
    if (next.length === 0) throw new Error('types of objects refer to each other in a circle')
    done.push(...next)
  }
  return done
}

/** The fields of a type that hold ids of other objects. */
export function referencesOf(type: ObjectTypeName): { readonly field: string; readonly to: ObjectTypeName }[] {
  return Object.entries(fieldsOf(type)).flatMap(([field, { refersTo }]) =>
    refersTo === undefined ? [] : [{ field, to: refersTo }],
  )
}

/** Where the objects of a type are in an export. */
export function linesOf(type: ObjectTypeName): string {
  return `data/${objectTypes[type].path}.jsonl`
}

const instant = z.iso.datetime({ offset: true })
const times = { created_at: instant, updated_at: instant, deleted_at: instant.nullable() }

/** One object as the API says it, without whose it is and without secrets. Fields of later versions are passed over. */
export function objectLineSchema(type: ObjectTypeName): z.ZodType<ObjectLine> {
  const fields = Object.entries(fieldsOf(type)).map(([name, field]) => [
    name,
    field.isRequired === true ? field.schema : field.schema.optional(),
  ])
  return z.object({
    id: z.uuid(),
    ...(Object.fromEntries(fields) as Readonly<Record<string, z.ZodType>>),
    ...times,
    metadata: z.record(z.string(), z.unknown()),
    /** Of the items that fields refer to, by the name of the field. */
    sha256: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).optional(),
    /** A connection had tokens, which no export holds. */
    has_tokens: z.boolean().optional(),
  })
}

export interface ObjectLine {
  readonly id: string
  readonly deleted_at: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly sha256?: Readonly<Record<string, string>> | undefined
  readonly has_tokens?: boolean | undefined
  readonly [field: string]: unknown
}
