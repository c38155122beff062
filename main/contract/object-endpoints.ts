import { z } from 'zod'
import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import type { Field } from './fields.ts'
import {
  anyObjectSchema,
  baseFields,
  historySchema,
  linkedObjectSchema,
  objectPageSchema,
  objectTypes,
  offeredTypeNames,
  offeredTypeSchema,
  revertSchema,
  searchResultSchema,
  type ObjectOf,
  type ObjectTypeName,
} from './objects.ts'

const listQuery = pageQuery({ default: 50, max: 500 }).extend({
  sort: z.string().max(60).optional().describe('A field; with “-” before it, descending.'),
  trashed: z.boolean().default(false),
})

/** What concerns objects of every type. */
export const objectEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/objects/{id}',
    access: 'person',
    summary: 'One object of any type with all there is about it, trashed or not',
    params: idParams,
    answer: anyObjectSchema,
  }),
  list: endpoint({
    method: 'GET',
    path: '/objects',
    access: 'person',
    summary: 'A page of objects of one type; its fields filter, with _from and _to for ranges',
    query: listQuery.extend({ type: offeredTypeSchema }).loose(),
    answer: objectPageSchema,
  }),
  search: endpoint({
    method: 'GET',
    path: '/search',
    access: 'person',
    summary: 'Everything that fits the words, best first',
    query: z.object({
      q: z.string().max(1000),
      types: z.array(offeredTypeSchema).optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    answer: pageOf(searchResultSchema)
      // Of a query that found no photo and nothing else: what was meant, perhaps.
      .extend({ instead: z.string().nullable() })
      .meta({ id: 'SearchResults' }),
  }),
}

/** What can be asked about objects of one type; `verbs` is null for types that have verbs of their own. */
export type TypeEndpoints<T extends ObjectTypeName = ObjectTypeName> = ReturnType<typeof describe<T>>

function describe<T extends ObjectTypeName>(type: T) {
  const { path, fields, hasOwnVerbs } = objectTypes[type]
  const answer = shapeOf(type)
  // Photos and albums answer more than their fields, under verbs of their own.
  const page = (
    hasOwnVerbs === true ? objectPageSchema : pageOf(answer).meta({ id: `${nameOf(type)}Page` })
  ) as ReturnType<typeof pageOf<typeof answer>>
  const name = oneOf(type)
  const one = { access: 'person', params: idParams } as const
  return {
    list: endpoint({
      method: 'GET',
      path: `/${path}`,
      access: 'person',
      summary: `A page of ${path.replaceAll('-', ' ')}`,
      // The filters have no names that TypeScript could know; what is there for every list it does.
      query: listQuery.extend(filtersOf(fields)).loose() as ReturnType<typeof listQuery.loose>,
      answer: page,
    }),
    // A link has no history of its own, and links nothing but its two ends.
    history: type === 'link' ? null : historyOf(path, name),
    verbs: hasOwnVerbs === true ? null : verbsOf(),
  }

  function verbsOf() {
    return {
      create: endpoint({
        method: 'POST',
        path: `/${path}`,
        access: 'person',
        summary: `Make ${name}`,
        body: bodyShape(type, true),
        answer,
        status: 201,
        isOnce: true,
      }),
      read: endpoint({ ...one, method: 'GET', path: `/${path}/{id}`, summary: `Read ${name}`, answer }),
      edit: endpoint({
        ...one,
        method: 'PATCH',
        path: `/${path}/{id}`,
        summary: `Change what is given of ${name}`,
        body: bodyShape(type, false),
        answer,
        isVersioned: true,
      }),
      trash: endpoint({
        ...one,
        method: 'DELETE',
        path: `/${path}/{id}`,
        summary: `Move ${name} to the trash`,
        isVersioned: true,
      }),
      restore: endpoint({
        ...one,
        method: 'POST',
        path: `/${path}/{id}/restore`,
        summary: `Take ${name} out of the trash`,
        answer,
      }),
      purge: endpoint({
        ...one,
        method: 'POST',
        path: `/${path}/{id}/purge`,
        summary: `Delete ${name} of the trash permanently; only its id is remembered`,
      }),
    }
  }
}

/** `an album`, `a calendar event` */
function oneOf(type: ObjectTypeName): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type.replaceAll('_', ' ')}`
}

function historyOf(path: string, name: string) {
  const one = { access: 'person', params: idParams } as const
  return {
    versions: endpoint({
      ...one,
      method: 'GET',
      path: `/${path}/{id}/history`,
      summary: `Every change to ${name}, newest first`,
      answer: historySchema,
    }),
    revert: endpoint({
      ...one,
      method: 'POST',
      path: `/${path}/{id}/revert`,
      summary: `Make ${name} what it was after a version; 0 is as it was made`,
      body: revertSchema,
      answer: anyObjectSchema,
      isVersioned: true,
    }),
    links: endpoint({
      ...one,
      method: 'GET',
      path: `/${path}/{id}/links`,
      summary: `What ${name} is linked to, read from its own end`,
      query: z.object({ linkType: z.string().max(50).optional() }),
      answer: pageOf(linkedObjectSchema).meta({ id: 'LinkedObjects' }),
    }),
  }
}

/** What may be sent for an object; the object room says what is unknown or fixed, and names the field. */
function bodyShape(type: ObjectTypeName, isNew: boolean) {
  const shape: Record<string, z.ZodType> = {}
  for (const [name, field] of Object.entries({ ...objectTypes[type].fields, ...baseFields })) {
    if (field.isReadOnly === true || (!isNew && field.isImmutable === true)) continue
    // `platform` may come under Hypernet's name.
    const isNeeded = isNew && field.isRequired === true && type !== 'integration'
    shape[name] = isNeeded ? field.schema : field.schema.optional()
  }
  if (type === 'integration') {
    for (const name of ['integration_type', 'integration_name']) shape[name] = z.string().max(200).optional()
    for (const name of ['access_token', 'refresh_token']) shape[name] = z.string().max(20_000).nullish()
  }
  return z.looseObject(shape).meta({ id: `${nameOf(type)}${isNew ? 'Input' : 'Edit'}` })
}

/** What TypeScript knows of it follows from the same fields. */
function shapeOf<T extends ObjectTypeName>(type: T): z.ZodType<ObjectOf<T>> {
  const own = Object.entries(objectTypes[type].fields).map(([name, field]) => [name, field.schema] as const)
  return anyObjectSchema
    .extend({ type: z.literal(type), ...Object.fromEntries(own) })
    .loose()
    .meta({ id: nameOf(type) }) as unknown as z.ZodType<ObjectOf<T>>
}

/** `calendar_event` is `CalendarEvent`. */
function nameOf(type: ObjectTypeName): string {
  return type.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Filters travel as text; the table itself knows the type of each. */
function filtersOf(fields: Readonly<Record<string, Field>>): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (field.filter === undefined) continue
    shape[name] = z.string().max(8192).optional()
    if (field.filter === 'range') {
      shape[`${name}_from`] = z.string().max(100).optional()
      shape[`${name}_to`] = z.string().max(100).optional()
    }
  }
  return shape
}

export const typeEndpoints: ReadonlyMap<ObjectTypeName, TypeEndpoints> = new Map(
  offeredTypeNames.map((type) => [type, describe(type)]),
)

/** What can be asked about objects of one type that is offered, with its fields in the answers. */
export function endpointsOf<T extends ObjectTypeName>(type: T): TypeEndpoints<T> {
  const found = typeEndpoints.get(type)
  if (!found) throw new Error(`${type} is not offered`)
  return found as unknown as TypeEndpoints<T>
}
