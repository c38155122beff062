import assert from 'node:assert/strict'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { test, type TestContext } from 'vitest'
import { unpackImage } from '../../main/engine/database/migrate/image.ts'
import { temporaryFolder } from '../support/folders.ts'
import { queriesIn, type FoundQuery, type Said } from '../support/queries.ts'

/**
 * Statements that are put together at run time, of all of them: fewer is better, more wants a reason. Ten are the lists of posts,
 * connections and their logs, which share columns and are filtered.
 */
const mostWorkedOut = 68

/** What the connection makes of a column (`database/connection/worker.ts`), by the type it has in PostgreSQL. */
const given: Readonly<Record<string, Said>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'number',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  name: 'string',
  uuid: 'string',
  date: 'string',
  timestamp: 'string',
  timestamptz: 'string',
  interval: 'string',
  char: 'string',
  _text: 'array',
  _uuid: 'array',
  _int4: 'array',
  _int8: 'array',
}

/** A database of the newest schema that is asked for nothing but what statements are. */
async function describer(t: TestContext): Promise<(query: FoundQuery) => Promise<string[]>> {
  const folder = await temporaryFolder(t)
  await unpackImage(folder)
  const db = await PGlite.create({ dataDir: join(folder, 'database'), extensions: { pg_trgm } })
  t.onTestFinished(() => db.close())
  const { rows } = await db.query<{ oid: number; typname: string }>(`select oid::integer, typname from pg_type`)
  const types = new Map(rows.map(({ oid, typname }) => [oid, typname]))
  return async ({ at, sql, columns }) => {
    if (sql === null) return []
    const described = await db.describeQuery(sql).catch((error: unknown) => String(error))
    if (typeof described === 'string') return [`${at}: ${described}`]
    if (columns === null) return []
    const has = new Map(described.resultFields.map(({ name, dataTypeID }) => [name, types.get(dataTypeID) ?? '']))
    const problems: string[] = []
    for (const [name, said] of columns) {
      const type = has.get(name)
      if (type === undefined) problems.push(`${at}: there is no column “${name}”, but ${[...has.keys()].join(', ')}`)
      else if (said !== 'unknown' && given[type] !== undefined && given[type] !== said)
        problems.push(`${at}: “${name}” is ${type}, not ${said}`)
    }
    for (const name of has.keys()) {
      if (!columns.has(name)) problems.push(`${at}: nobody reads “${name}”`)
    }
    return problems
  }
}

test('every statement fits the schema, and gives the columns that its type names', async (t) => {
  const queries = queriesIn('main/engine').filter(
    // Requests of the API have a `query` too, of one word; the connection passes on what it is given.
    ({ at, sql }) => !at.startsWith('main/engine/database/connection/') && (sql === null || sql.includes(' ')),
  )
  const workedOut = queries.filter(({ sql }) => sql === null)
  assert.ok(queries.length > 300)
  assert.ok(workedOut.length <= mostWorkedOut, `${workedOut.length}:\n${workedOut.map(({ at }) => at).join('\n')}`)
  const problems = await describer(t)
  const found: string[] = []
  for (const query of queries) found.push(...(await problems(query)))
  assert.deepEqual(found, [])

  const planted = async (sql: string, columns: Readonly<Record<string, Said>>): Promise<number> =>
    (await problems({ at: 'here', sql, columns: new Map(Object.entries(columns)) })).length
  assert.equal(await planted('select id, size from vault.media', { id: 'string', size: 'number' }), 0)
  assert.equal(await planted('select id, sise from vault.media', { id: 'string', sise: 'number' }), 1)
  assert.equal(await planted('select id as "mediaId" from vault.media', { id: 'string' }), 2)
  assert.equal(await planted('select size from vault.media', { size: 'string' }), 1)
})
