import {
  baseFields,
  objectTypeNames,
  objectTypes,
  type AnyObject,
  type ObjectField,
  type ObjectTypeName,
} from '../../contract/index.ts'
import { rulesOf } from './rules.ts'

/** Where objects of each type are kept. */
export const tables = Object.fromEntries(objectTypeNames.map((type) => [type, rulesOf(type).table])) as Readonly<
  Record<ObjectTypeName, string>
>

/** Own and base fields of a type. */
export function fieldsOf(type: ObjectTypeName): Readonly<Record<string, ObjectField>> {
  return { ...objectTypes[type].fields, ...baseFields }
}

/** SQL for an object as the API says it, from a row named `o`. Only names of the description come in, never a person's. */
export function objectColumns(type: ObjectTypeName): string {
  return ['id', 'user_id', ...Object.keys(fieldsOf(type))].map((name) => `o.${name}`).join(', ')
}

/** SQL for what to call an object of a type, from a row named `o`. */
export function titleOf(type: ObjectTypeName): string {
  return `left(coalesce(${objectTypes[type].title.map((name) => `o.${name}::text`).join(', ')}), 200)`
}

/** A row read with `objectColumns` as an object. */
export function objectOf(type: ObjectTypeName, row: Readonly<Record<string, unknown>>): AnyObject {
  return { type, ...row } as unknown as AnyObject
}

/** `a calendar event`, `an album` */
export function oneOf(type: ObjectTypeName): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${inWords(type)}`
}

/** `calendar event` */
export function inWords(type: ObjectTypeName): string {
  return type.replaceAll('_', ' ')
}
