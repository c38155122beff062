import { createRoute, z } from '@hono/zod-openapi'
import {
  anyObjectSchema,
  baseFields,
  historySchema,
  linkedObjectSchema,
  objectPageSchema,
  objectTypeNames,
  objectTypes,
  objectTypeSchema,
  revertSchema,
  searchResultSchema,
  type AnyObject,
  type Field,
  type ObjectPath,
  type ObjectTypeName,
} from '../../contract/index.ts'
import { readAlbum } from '../albums/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { newSecret } from '../keys/index.ts'
import { readMedia } from '../library/index.ts'
import {
  createLink,
  createObject,
  dropTokens,
  historyOf,
  holdObject,
  linkedObjects,
  listObjects,
  purgeObject,
  readObject,
  restore,
  revertObject,
  trash,
  typeOf,
  updateObject,
  withTokens,
  type Values,
} from '../objects/index.ts'
import { search } from '../search/index.ts'
import { callerOf, idParam, json, newPart, notFound, type ApiApp, type Caller } from './context.ts'
import { connectAccount, editAccount } from './integrations.ts'
import type { Engine } from './port.ts'
import { ifMatchOf, onceHeader, onceOnly, sha256, stateOf, versionHeader } from './requests.ts'

const inWords = (type: ObjectTypeName): string => type.replaceAll('_', ' ')
const pageQuery = {
  sort: z.string().max(60).optional().openapi({ description: 'A field; with “-” before it, descending.' }),
  cursor: z.string().max(20_000).optional().openapi({ description: '“next” of the page before.' }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  trashed: z.enum(['true', 'false']).default('false'),
}

/** Every type of object under one set of verbs; media and albums have more of their own beside these. */
export function objectRoutes(engine: Engine): ApiApp {
  const part = newPart()

  part.openapi(
    createRoute({
      method: 'get',
      path: '/objects/{id}',
      summary: 'One object of any type, with all there is about it',
      request: { params: idParam },
      responses: { 200: json(anyObjectSchema, 'The object, trashed or not.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const found = await vault.database.read(userId, async (tx) => {
        const type = await typeOf(tx, userId, id)
        return type && wholeObject(tx, userId, type, id)
      })
      if (!found) throw notFound('object')
      return c.json(found, 200, stateOf(found))
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/objects',
      summary: 'A page of objects of one type; its fields filter, with _from and _to for ranges',
      request: { query: z.looseObject({ type: objectTypeSchema, ...pageQuery }) },
      responses: { 200: json(objectPageSchema, 'Objects; `next` continues the list.') },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { type, ...rest } = c.req.valid('query')
      return c.json(await page(caller, type, rest), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/search',
      summary: 'Everything that fits the words, best first',
      request: {
        query: z.object({
          q: z.string().max(1000),
          types: z.string().max(500).optional().openapi({ description: 'Comma-separated types' }),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
      },
      responses: { 200: json(z.object({ results: z.array(searchResultSchema) }), 'Objects with their rank.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { q, types, limit } = c.req.valid('query')
      const named = types === undefined ? undefined : z.array(objectTypeSchema).parse(types.split(','))
      const results = await vault.database.read(userId, (tx) =>
        search(tx, q, { limit, ...(named !== undefined && { types: named }) }),
      )
      return c.json({ results }, 200)
    },
  )
  for (const type of objectTypeNames) {
    addList(part, engine, type)
    addHistory(part, engine, type)
    if (objectTypes[type].hasOwnVerbs !== true) addVerbs(part, engine, type)
  }
  return part
}

function addList(part: ApiApp, engine: Engine, type: ObjectTypeName): void {
  const { path, fields } = objectTypes[type]
  part.openapi(
    createRoute({
      method: 'get',
      path: `/${path}`,
      summary: `A page of ${path.replaceAll('-', ' ')}`,
      request: { query: z.looseObject({ ...filtersOf(fields), ...pageQuery }) },
      responses: { 200: json(objectPageSchema, 'Objects; `next` continues the list.') },
    }),
    async (c) => c.json(await page(await callerOf(engine, c.req.raw), type, c.req.valid('query')), 200),
  )
}

/** Get, create, update, delete, restore, purge. */
function addVerbs(part: ApiApp, engine: Engine, type: ObjectTypeName): void {
  const { path } = objectTypes[type]
  const one = json(shapeOf(type), `The ${inWords(type)}.`)

  part.openapi(
    createRoute({
      method: 'post',
      path: `/${path}`,
      summary: `Make a ${inWords(type)}`,
      request: { headers: onceHeader, body: { required: true, ...json(wishSchema(type, true), '') } },
      responses: { 201: one },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const wish = c.req.valid('json') as Values
      // A share's token opens what is shared: it is told once and kept nowhere, not even beside an Idempotency-Key.
      const token = type === 'share_link' ? newSecret() : null
      let isNew = false
      const made = await writeAs(caller, type, (tx) =>
        onceOnly(tx, caller.userId, c.req.raw, wish, async () => {
          isNew = true
          return { status: 201, body: await make(caller, tx, type, wish, token) }
        }),
      )
      const body = isNew && token !== null ? { ...made.body, token } : made.body
      return c.json(body, 201, stateOf(body))
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: `/${path}/{id}`,
      summary: `One ${inWords(type)}`,
      request: { params: idParam },
      responses: { 200: one },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = idParam.parse(c.req.param())
      const found = await vault.database.read(userId, (tx) => wholeObject(tx, userId, type, id))
      if (!found) throw notFound(inWords(type))
      return c.json(found, 200, stateOf(found))
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: `/${path}/{id}`,
      summary: `Change what is given of a ${inWords(type)}; with If-Match only if it is still the same`,
      request: {
        params: idParam,
        headers: versionHeader,
        body: { required: true, ...json(wishSchema(type, false), '') },
      },
      responses: { 200: one },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { id } = idParam.parse(c.req.param())
      const edit = c.req.valid('json') as Values
      const object = await writeAs(caller, 'note', (tx) => change(caller, tx, type, id, edit, ifMatchOf(c.req.raw)))
      return c.json(object, 200, stateOf(object))
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: `/${path}/{id}`,
      summary: `Move a ${inWords(type)} to the trash`,
      request: { params: idParam, headers: versionHeader },
      responses: { 204: { description: 'It is in the trash.' } },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { id } = idParam.parse(c.req.param())
      await writeAs(caller, 'note', async (tx) => {
        await holdObject(tx, caller.userId, type, id, ifMatchOf(c.req.raw))
        const gone = await trash(tx, caller.userId, path as ObjectPath, [id])
        if (gone.length === 0) throw notFound(inWords(type))
        if (type === 'integration') await dropTokens(tx, caller.userId, id)
      })
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: `/${path}/{id}/restore`,
      summary: `Take a ${inWords(type)} out of the trash`,
      request: { params: idParam },
      responses: { 200: one },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { id } = idParam.parse(c.req.param())
      const object = await writeAs(caller, 'note', async (tx) => {
        await restore(tx, caller.userId, path as ObjectPath, [id])
        return wholeObject(tx, caller.userId, type, id)
      })
      if (!object) throw notFound(inWords(type))
      return c.json(object, 200, stateOf(object))
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: `/${path}/{id}/purge`,
      summary: `Delete a ${inWords(type)} of the trash for good`,
      request: { params: idParam },
      responses: { 204: { description: 'It is gone; only its id is remembered.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      await purgeObject(vault.database, userId, type, idParam.parse(c.req.param()).id)
      vault.bell.ring(userId)
      return c.body(null, 204)
    },
  )
}

/** History, revert and links: for every type, also those with verbs of their own. */
function addHistory(part: ApiApp, engine: Engine, type: ObjectTypeName): void {
  const { path } = objectTypes[type]
  if (type !== 'link') {
    part.openapi(
      createRoute({
        method: 'get',
        path: `/${path}/{id}/history`,
        summary: `Every change to a ${inWords(type)}, the newest first`,
        request: { params: idParam },
        responses: { 200: json(historySchema, 'Versions with what was before and after.') },
      }),
      async (c) => {
        const { vault, userId } = await callerOf(engine, c.req.raw)
        const { id } = idParam.parse(c.req.param())
        return c.json({ versions: await vault.database.read(userId, (tx) => historyOf(tx, userId, type, id)) }, 200)
      },
    )
    part.openapi(
      createRoute({
        method: 'post',
        path: `/${path}/{id}/revert`,
        summary: `Make a ${inWords(type)} what it was after a version; 0 is as it was made`,
        request: { params: idParam, headers: versionHeader, body: { required: true, ...json(revertSchema, '') } },
        responses: { 200: json(anyObjectSchema, 'The object afterwards.') },
      }),
      async (c) => {
        const caller = await callerOf(engine, c.req.raw)
        const { id } = idParam.parse(c.req.param())
        const { version } = c.req.valid('json')
        const object = await writeAs(caller, 'note', async (tx) => {
          await revertObject(tx, caller.userId, type, id, version, ifMatchOf(c.req.raw))
          return wholeObject(tx, caller.userId, type, id)
        })
        if (!object) throw notFound(inWords(type))
        return c.json(object, 200, stateOf(object))
      },
    )
    part.openapi(
      createRoute({
        method: 'get',
        path: `/${path}/{id}/links`,
        summary: `What a ${inWords(type)} is linked to, read from its own end`,
        request: { params: idParam, query: z.object({ link_type: z.string().max(50).optional() }) },
        responses: {
          200: json(z.object({ links: z.array(linkedObjectSchema) }), 'Links with what stands at the other end.'),
        },
      }),
      async (c) => {
        const { vault, userId } = await callerOf(engine, c.req.raw)
        const { id } = idParam.parse(c.req.param())
        const links = await vault.database.read(userId, async (tx) => {
          if (!(await readObject(tx, userId, type, id))) throw notFound(inWords(type))
          return linkedObjects(tx, userId, id, c.req.valid('query').link_type)
        })
        return c.json({ links }, 200)
      },
    )
  }
}

async function make(
  caller: Caller,
  tx: Writer,
  type: ObjectTypeName,
  wish: Values,
  token: string | null,
): Promise<AnyObject> {
  const { userId } = caller
  if (type === 'link') return createLink(tx, userId, wish)
  if (type === 'integration') return connectAccount(caller, tx, wish)
  if (token !== null) return createObject(tx, userId, type, wish, { token_hash: sha256(token) })
  return createObject(tx, userId, type, wish)
}

async function change(
  caller: Caller,
  tx: Writer,
  type: ObjectTypeName,
  id: string,
  edit: Values,
  ifMatch: string | undefined,
): Promise<AnyObject> {
  const { userId } = caller
  const given = ifMatch === undefined ? {} : { ifMatch }
  if (type === 'integration') return editAccount(caller, tx, id, edit, given)
  if (type === 'notification' && typeof edit['is_read'] === 'boolean') {
    const inner = { read_at: edit['is_read'] ? new Date().toISOString() : null }
    return updateObject(tx, userId, type, id, edit, { ...given, inner })
  }
  return updateObject(tx, userId, type, id, edit, given)
}

/** An object with everything the API says about one of its type; media and albums under both their names. */
export async function wholeObject(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  id: string,
): Promise<AnyObject | undefined> {
  const object = await readObject(tx, userId, type, id)
  if (!object) return undefined
  if (type === 'media') return { ...(await readMedia(tx, id)), ...object }
  if (type === 'album') return { ...(await readAlbum(tx, id)), ...object }
  return type === 'integration' ? withTokens(tx, object) : object
}

/** Posts are what a service said: only the service role writes them, here for the one person who asks. */
async function writeAs<T>(caller: Caller, type: ObjectTypeName, verb: (tx: Writer) => Promise<T>): Promise<T> {
  const { vault, userId } = caller
  const result = type === 'post' ? await vault.database.asService(verb) : await vault.database.write(userId, verb)
  vault.bell.ring(userId)
  return result
}

async function page({ vault, userId }: Caller, type: ObjectTypeName, query: Readonly<Record<string, unknown>>) {
  const { sort, cursor, limit, trashed, ...filters } = query
  return vault.database.read(userId, (tx) =>
    listObjects(tx, userId, type, {
      limit: Number(limit),
      isTrashed: trashed === 'true',
      ...(typeof sort === 'string' && { sort }),
      ...(typeof cursor === 'string' && { cursor }),
      filters: Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)])),
    }),
  )
}

/** What may be sent for an object; the object room says what is unknown or fixed, and names the field. */
function wishSchema(type: ObjectTypeName, isNew: boolean) {
  const shape: Record<string, z.ZodType> = {}
  const fields: Readonly<Record<string, Field>> = {
    ...objectTypes[type].fields,
    metadata: baseFields['metadata'] as Field,
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.isReadOnly === true || (!isNew && field.isImmutable === true)) continue
    // `platform` may come under Hypernet's name.
    const isNeeded = isNew && field.isRequired === true && type !== 'integration'
    shape[name] = isNeeded ? field.schema : field.schema.optional()
  }
  if (type === 'integration') {
    for (const name of ['integration_type', 'integration_name']) shape[name] = z.string().max(200).optional()
    for (const name of ['access_token', 'refresh_token']) shape[name] = z.string().max(20_000).nullish()
  }
  return z.looseObject(shape)
}

function shapeOf(type: ObjectTypeName) {
  const own = Object.entries(objectTypes[type].fields).map(([name, field]) => [name, field.schema] as const)
  return anyObjectSchema.extend({ type: z.literal(type), ...Object.fromEntries(own) }).loose()
}

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
