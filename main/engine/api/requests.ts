import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fromWire, issueInWords, wireName, type WireIssue } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Writer } from '../database/index.ts'
import { once, type Answer } from '../objects/index.ts'

/** A value that came over HTTP, checked against its schema. Throws `bad-request`, naming every field that is wrong. */
export function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const issues: WireIssue[] = []
  const result = schema.safeParse(fromWire(schema, value, issues))
  if (result.success && issues.length === 0) return result.data
  const wrong =
    result.error?.issues.map((issue) => ({ path: issue.path.map(named), message: issueInWords(issue) })) ?? []
  const fields = [...issues, ...wrong].map(({ path, message }) => ({ field: path.join('.'), message }))
  const [first = { field: '', message: 'is invalid' }] = fields
  throw new CofferError(`${first.field === '' ? 'The request' : `“${first.field}”`} ${first.message}.`, {
    code: 'bad-request',
    details: { fields },
  })
}

function named(key: PropertyKey): PropertyKey {
  return typeof key === 'string' ? wireName(key) : key
}

/** Reads a JSON body of at most so many bytes, which are counted as they come. */
export async function readJson(request: Request, most: number): Promise<unknown> {
  const type = request.headers.get('content-type')
  const isJson = type !== null && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)
  const bytes = isJson || type === null ? await readAll(request, most) : null
  // Nothing at all says what an empty object says; whether that is enough the endpoint knows.
  if (bytes?.length === 0) return {}
  if (!isJson || bytes === null) {
    throw new CofferError('Send the request as application/json.', { code: 'unsupported-type' })
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return JSON.parse(text)
  } catch (cause) {
    throw new CofferError('The request is not valid JSON in UTF-8.', { code: 'bad-request', cause })
  }
}

async function readAll(request: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) {
      throw new CofferError('The request is too large.', { code: 'too-large', details: { mostBytes: most } })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The query under the names of the wire, each value in the kind its schema asks for. Throws `bad-request`. */
export function readQuery(schema: z.ZodObject, request: Request): Readonly<Record<string, unknown>> {
  const kinds = new Map(Object.entries(schema.shape).map(([name, field]) => [wireName(name), kindOf(field)]))
  const values = new Map<string, unknown>()
  for (const [name, text] of new URL(request.url).searchParams) {
    if (values.has(name)) throw new CofferError(`“${name}” is given more than once.`, { code: 'bad-request' })
    values.set(name, valueOf(kinds.get(name), text))
  }
  return Object.fromEntries(values)
}

type Kind = 'boolean' | 'number' | 'list' | undefined

function kindOf(field: z.core.$ZodType): Kind {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return kindOf(field.def.innerType)
  if (field instanceof z.ZodBoolean) return 'boolean'
  if (field instanceof z.ZodNumber) return 'number'
  return field instanceof z.ZodArray ? 'list' : undefined
}

/** An invalid text of its kind stays a text, and its schema refuses it. */
function valueOf(kind: Kind, text: string): unknown {
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (kind === 'number') return text.trim() === '' ? text : Number(text)
  return kind === 'list' ? text.split(',').filter((part) => part !== '') : text
}

/** Does something once per Idempotency-Key; without the header every request counts. Throws `bad-request` for a bad key. */
export async function onceOnly<T>(
  tx: Writer,
  userId: string,
  request: Request,
  body: unknown,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const key = request.headers.get('idempotency-key')
  if (key === null) return work()
  if (key === '' || key.length > 255) {
    throw new CofferError('An Idempotency-Key must have 1 to 255 characters.', { code: 'bad-request' })
  }
  const asked = sha256(`${request.method} ${new URL(request.url).pathname} ${JSON.stringify(body)}`)
  return once(tx, userId, { key, request: asked }, work)
}

export function ifMatchOf(request: Request): string | undefined {
  return request.headers.get('if-match') ?? undefined
}

/** The entity tag of an answer that is one object: the moment of its last change. Null for any other. */
export function stateOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  const at = 'updatedAt' in value ? value.updatedAt : 'updated_at' in value ? value.updated_at : null
  return typeof at === 'string' ? `"${at}"` : null
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
