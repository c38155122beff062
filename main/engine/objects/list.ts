import { objectTypes, type ObjectPage, type ObjectTypeName } from '../../contract/index.ts'
import { badCursor, CofferError } from '../base/errors.ts'
import { isUuid } from '../base/ids.ts'
import type { Reader } from '../database/index.ts'
import { badFields } from './fields.ts'
import { fieldsOf, objectColumns, objectOf, tables } from './types.ts'

export interface ListQuery {
  /** A field, with `-` before it for descending; the type's own order when not given. */
  readonly sort?: string | undefined
  /** Where an earlier page ended. */
  readonly cursor?: string | undefined
  readonly limit: number
  /** Those in the trash instead of the live ones. */
  readonly isTrashed?: boolean
  /** By name of a field, or of a field with `_from` or `_to`. `null` asks for what refers to nothing. */
  readonly filters?: Readonly<Record<string, string>>
}

/**
 * A page of objects of one type. Pages are cut at a value, not counted, so one that comes late does not shift the next.
 * Throws `bad-request` for fields that cannot be filtered or sorted by, and for a cursor of another list.
 */
export async function listObjects(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  input: ListQuery,
): Promise<ObjectPage> {
  const sort = input.sort ?? objectTypes[type].sort
  const isDown = sort.startsWith('-')
  const column = sort.replace(/^-/, '')
  const isOwnOrder = input.sort === undefined || input.sort === objectTypes[type].sort
  if (!isOwnOrder && fieldsOf(type)[column]?.canSort !== true) {
    throw badFields([
      { field: 'sort', message: `names “${column}”, by which ${objectTypes[type].path} cannot be sorted` },
    ])
  }
  const params: unknown[] = [userId, input.limit + 1]
  const table = tables[type]
  /** A value in the type of its column: the table itself knows it. */
  const value = (name: string, given: unknown): string => {
    params.push(JSON.stringify({ [name]: given }))
    return `(jsonb_populate_record(null::${table}, $${params.length}::jsonb)).${name}`
  }
  const conditions = ['o.user_id = $1', `o.deleted_at is ${input.isTrashed === true ? 'not ' : ''}null`]
  for (const [name, text] of Object.entries(input.filters ?? {})) conditions.push(condition(type, name, text, value))
  if (input.cursor !== undefined) {
    const [last, id] = readCursor(input.cursor, sort)
    const [beyond, idParam] = [isDown ? '<' : '>', `$${params.push(id)}::uuid`]
    if (last === null) conditions.push(`o.${column} is null and o.id ${beyond} ${idParam}`)
    else {
      const at = value(column, last)
      conditions.push(
        `(o.${column} ${beyond} ${at} or o.${column} = ${at} and o.id ${beyond} ${idParam} or o.${column} is null)`,
      )
    }
  }
  const direction = isDown ? 'desc' : 'asc'
  const rows = await tx
    .query<Record<string, unknown>>(
      `select ${objectColumns(type)} from ${table} o where ${conditions.join(' and ')}
       order by o.${column} ${direction} nulls last, o.id ${direction} limit $2`,
      params,
    )
    .catch((error: unknown) => {
      throw isBadValue(error)
        ? new CofferError('A value of the filter is invalid.', { code: 'bad-request', cause: error })
        : error
    })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => objectOf(type, row)),
    next: rows.length > page.length && last ? writeCursor(sort, last[column], String(last['id'])) : null,
  }
}

function condition(
  type: ObjectTypeName,
  name: string,
  text: string,
  value: (name: string, given: unknown) => string,
): string {
  const fields = fieldsOf(type)
  const exact = fields[name]
  if (exact?.filter !== undefined) {
    if (exact.refersTo !== undefined && text === 'null') return `o.${name} is null`
    return `o.${name} = ${value(name, text)}`
  }
  const [, base = '', end = ''] = /^(.*)_(from|to)$/.exec(name) ?? []
  if (fields[base]?.filter === 'range') return `o.${base} ${end === 'from' ? '>=' : '<='} ${value(base, text)}`
  throw badFields([{ field: name, message: `is not a filter of ${objectTypes[type].path}` }])
}

function writeCursor(sort: string, place: unknown, id: string): string {
  return Buffer.from(JSON.stringify([sort, place, id])).toString('base64url')
}

function readCursor(text: string, sort: string): [unknown, string] {
  try {
    const [from, place, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [unknown, unknown, unknown]
    if (from === sort && typeof id === 'string' && isUuid(id)) return [place ?? null, id]
  } catch {
    // Not one of ours.
  }
  throw badCursor()
}

function isBadValue(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('22')
}
