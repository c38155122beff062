import {
  objectEndpoints,
  objectTypes,
  mediaSchema,
  albumSchema,
  toWire,
  typeEndpoints,
  type AnyObject,
  type ObjectPath,
  type ObjectTypeName,
  type TypeEndpoints,
} from '../../contract/index.ts'
import { readAlbum } from '../albums/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { readMedia } from '../library/index.ts'
import {
  createLink,
  createObject,
  historyOf,
  lockForUpdate,
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
import { notFound, readAs, whole, writeAs } from './context.ts'
import type { Caller } from './gate.ts'
import { connectAccount, editAccount } from './integrations.ts'
import type { On } from './mount.ts'
import { ifMatchOf, onceOnly } from './requests.ts'

/** Every type of object under one set of verbs; media and albums have more of their own beside these. */
export function objectRoutes(on: On): void {
  on(objectEndpoints.read, async ({ caller, params }) => {
    const found = await readAs(caller, async (tx, userId) => {
      const type = await typeOf(tx, userId, params.id)
      return type && wholeObject(tx, userId, type, params.id)
    })
    return present(found, 'object')
  })
  on(objectEndpoints.list, ({ caller, query: { type, ...wanted } }) => page(caller, type, wanted))
  on(objectEndpoints.search, async ({ caller, query: { q, types, limit } }) => {
    const { items, instead } = await readAs(caller, (tx) =>
      search(tx, q, { limit, ...(types !== undefined && { types }) }),
    )
    return { ...whole(items), instead }
  })
  for (const [type, { list, history, verbs }] of typeEndpoints) {
    on(list, ({ caller, query }) => page(caller, type, query))
    if (history) addHistory(on, type, history)
    if (verbs) addVerbs(on, type, verbs)
  }
}

/** Create, read, change, trash, restore, purge: for types without verbs of their own. */
function addVerbs(on: On, type: ObjectTypeName, verbs: NonNullable<TypeEndpoints['verbs']>): void {
  const path = objectTypes[type].path as ObjectPath
  on(verbs.create, async ({ caller, body, request }) => {
    const made = await writeObject(caller, type, (tx) =>
      onceOnly(tx, caller.userId, request, body, async () => ({
        status: 201,
        body: await make(caller, tx, type, body),
      })),
    )
    return made.body
  })
  on(verbs.read, async ({ caller, params }) =>
    present(await readAs(caller, (tx, userId) => wholeObject(tx, userId, type, params.id)), type),
  )
  on(verbs.edit, ({ caller, params, body, request }) =>
    writeAs(caller, (tx) => change(caller, tx, type, params.id, body, ifMatchOf(request))),
  )
  on(verbs.trash, ({ caller, params, request }) =>
    writeAs(caller, async (tx, userId) => {
      await lockForUpdate(tx, userId, type, params.id, ifMatchOf(request))
      const gone = await trash(tx, userId, path, [params.id])
      if (gone.length === 0) throw notFound(inWords(type))
    }),
  )
  on(verbs.restore, async ({ caller, params }) => {
    const object = await writeAs(caller, async (tx, userId) => {
      await restore(tx, userId, path, [params.id])
      return wholeObject(tx, userId, type, params.id)
    })
    return present(object, type)
  })
  on(verbs.purge, ({ caller: { vault, userId }, params }) => purgeObject(vault.database, userId, type, params.id))
}

/** History, revert and links: for every type, also those with verbs of their own. */
function addHistory(on: On, type: ObjectTypeName, history: NonNullable<TypeEndpoints['history']>): void {
  on(history.versions, async ({ caller, params }) =>
    whole(await readAs(caller, (tx, userId) => historyOf(tx, userId, type, params.id))),
  )
  on(history.revert, async ({ caller, params, body, request }) => {
    const object = await writeAs(caller, async (tx, userId) => {
      await revertObject(tx, userId, type, params.id, body.version, ifMatchOf(request))
      return wholeObject(tx, userId, type, params.id)
    })
    return present(object, type)
  })
  on(history.links, async ({ caller, params, query }) =>
    whole(
      await readAs(caller, async (tx, userId) => {
        if (!(await readObject(tx, userId, type, params.id))) throw notFound(inWords(type))
        return linkedObjects(tx, userId, params.id, query.linkType)
      }),
    ),
  )
}

function present<T>(object: T | undefined, type: string): T {
  if (!object) throw notFound(inWords(type))
  return object
}

function inWords(type: string): string {
  return type.replaceAll('_', ' ')
}

async function make(caller: Caller, tx: Writer, type: ObjectTypeName, input: Values): Promise<AnyObject> {
  const { userId } = caller
  if (type === 'link') return createLink(tx, userId, input)
  if (type === 'integration') return connectAccount(caller, tx, input)
  return createObject(tx, userId, type, input)
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
  return updateObject(tx, userId, type, id, edit, given)
}

/** An object with everything the API says about one of its type, under the names it has there. */
async function wholeObject(
  tx: Reader,
  userId: string,
  type: ObjectTypeName,
  id: string,
): Promise<AnyObject | undefined> {
  const object = await readObject(tx, userId, type, id)
  if (!object) return undefined
  if (type === 'media') return { ...object, ...inWire(mediaSchema, await readMedia(tx, id)) }
  if (type === 'album') return { ...object, ...inWire(albumSchema, await readAlbum(tx, id)) }
  return type === 'integration' ? withTokens(tx, object) : object
}

function inWire(schema: Parameters<typeof toWire>[0], value: object | undefined): object {
  return toWire(schema, value) ?? {}
}

/** Posts are what a service said: only the service role writes them, here for the one person who asks. */
function writeObject<T>(caller: Caller, type: ObjectTypeName, verb: (tx: Writer) => Promise<T>): Promise<T> {
  return type === 'post' ? caller.vault.database.asService(verb) : writeAs(caller, verb)
}

function page(
  caller: Caller,
  type: ObjectTypeName,
  query: {
    readonly sort?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
    readonly trashed: boolean
    readonly [filter: string]: unknown
  },
) {
  const { sort, cursor, limit, trashed, ...filters } = query
  return readAs(caller, (tx, userId) =>
    listObjects(tx, userId, type, {
      limit,
      isTrashed: trashed,
      sort,
      cursor,
      filters: Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)])),
    }),
  )
}
