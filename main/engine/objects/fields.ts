import { issueInWords, objectTypes, type ObjectTypeName } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader } from '../database/index.ts'
import { metadataProblems } from './metadata.ts'
import { fieldsOf, inWords, oneOf } from './types.ts'

/** Columns with the values they are to have. */
export type Values = Readonly<Record<string, unknown>>

interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** The values of a new object. Throws `bad-request`, naming every field that is missing, unknown or not right. */
export function checkNew(type: ObjectTypeName, input: Values): Values {
  const { fields } = objectTypes[type]
  const missing = Object.entries(fields)
    .filter(([name, field]) => field.isRequired === true && (input[name] === undefined || input[name] === null))
    .map(([name]) => ({ field: name, message: 'must be given' }))
  return checked(type, input, missing, () => 'is set by Coffer')
}

/**
 * The values an edit changes. A field that cannot be changed may be repeated as it is, so that an object can be sent back
 * whole. Throws `bad-request`, naming every field that is unknown, immutable or not right.
 */
export function checkEdit(type: ObjectTypeName, edit: Values, now: Values): Values {
  const fields = fieldsOf(type)
  const given = Object.entries(edit).filter(([name, value]) => {
    const field = fields[name]
    const isFixed =
      ['id', 'type', 'user_id'].includes(name) || field?.isImmutable === true || field?.isReadOnly === true
    return !(isFixed && sameValue(value, now[name]))
  })
  const fixed = given
    .filter(([name]) => ['id', 'type', 'user_id'].includes(name) || fields[name]?.isImmutable === true)
    .map(([name]) => ({ field: name, message: 'cannot be changed' }))
  const rest = Object.fromEntries(given.filter(([name]) => !fixed.some((each) => each.field === name)))
  return checked(type, rest, fixed, () => 'cannot be changed')
}

function checked(type: ObjectTypeName, given: Values, found: readonly FieldProblem[], readOnly: () => string): Values {
  const fields = fieldsOf(type)
  const problems = [...found]
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const field = fields[name]
    if (value === undefined || problems.some((each) => each.field === name)) continue
    if (!field)
      problems.push({ field: name, message: `is not a field of ${type === 'media' ? 'an item' : oneOf(type)}` })
    else if (field.isReadOnly === true) problems.push({ field: name, message: readOnly() })
    else if (name === 'metadata') problems.push(...metadataProblems(value))
    else {
      const parsed = field.schema.safeParse(value)
      if (parsed.success) values[name] = parsed.data
      else
        problems.push(
          ...parsed.error.issues.map((each) => ({
            field: [name, ...each.path].join('.'),
            message: issueInWords(each),
          })),
        )
      continue
    }
    if (name === 'metadata') values[name] = value
  }
  if (problems.length > 0) throw badFields(problems)
  return values
}

/** Throws `bad-request` when a field refers to what this person has not, naming the field. */
export async function checkReferences(tx: Reader, userId: string, type: ObjectTypeName, values: Values): Promise<void> {
  const fields = fieldsOf(type)
  const problems: FieldProblem[] = []
  for (const [name, value] of Object.entries(values)) {
    const kind = fields[name]?.refersTo
    if (kind === undefined || typeof value !== 'string') continue
    const found = await tx.one(`select 1 as x from core.objects where user_id = $1 and id = $2 and type = $3`, [
      userId,
      value,
      kind,
    ])
    if (!found) problems.push({ field: name, message: `does not name any ${inWords(kind)} of yours` })
  }
  if (typeof values['platform'] === 'string' && type !== 'device') {
    const found = await tx.one(`select 1 as x from core.platforms where name = $1`, [values['platform']])
    if (!found) problems.push({ field: 'platform', message: 'is not a service that Coffer knows' })
  }
  if (problems.length > 0) throw badFields(problems)
}

/** One sentence for the first field, all of them in the details. */
export function badFields(problems: readonly FieldProblem[]): CofferError {
  const [first] = problems
  return new CofferError(`“${first?.field ?? ''}” ${first?.message ?? ''}.`, {
    code: 'bad-request',
    details: { fields: problems },
  })
}

/** The values that are not what they are to be already. */
export function whatDiffers(values: Values, now: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !sameValue(value, now[name])))
}

function sameValue(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string' && left !== right) {
    const isTime = /^\d{4}-\d\d-\d\dT/.test(left) && /^\d{4}-\d\d-\d\dT/.test(right)
    return isTime && Date.parse(left) === Date.parse(right)
  }
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null)
}

/** Throws `bad-request`, naming the place, for metadata that no object may carry. */
export function checkMetadata(metadata: unknown): void {
  const problems = metadata === undefined ? [] : metadataProblems(metadata)
  if (problems.length > 0) throw badFields(problems)
}
