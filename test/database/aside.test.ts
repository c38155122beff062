import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Database } from '../../main/engine/database/index.ts'
import { makeLarge } from '../support/large-database.ts'
import { codeOf, engine, newVault as smallVault } from './support.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

/** Large enough to be cloned. */
const newVault: typeof smallVault = async (...given) => {
  const vault = await smallVault(...given)
  await makeLarge(vault.database)
  return vault
}

const isPair = `select count(*) as rows, count(distinct name) as names from vault.albums`

/** Two rows of one name in one transaction: half of it would show. */
function addPair(database: Database, user: string, name: string): Promise<number> {
  return database.write(user, async (tx) => {
    await tx.execute(`insert into vault.albums (user_id, name) values ($1, $2)`, [user, name])
    return tx.execute(`insert into vault.albums (user_id, name) values ($1, $2)`, [user, name])
  })
}

function leftIn(dir: string): string[] {
  const scratch = join(dir, 'scratch')
  return existsSync(scratch) ? readdirSync(scratch) : []
}

test('people read and write while a dump is being written, and the dump shows none of it', async (t) => {
  const { dir, database, users } = await newVault(t)
  const [user] = users
  await addPair(database, user, 'before')
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let text = ''
  const dumping = database.snapshot(async (tx) => {
    const dumped = await tx.dump(async (part) => {
      text += part.toString()
      begun.resolve()
      await release.promise
    })
    return { dumped, seen: await tx.one(isPair) }
  })
  await begun.promise
  // Both are answered while the dump stands still.
  await addPair(database, user, 'meanwhile')
  assert.deepEqual(await database.read(user, (tx) => tx.one(isPair)), { rows: 4, names: 2 })
  release.resolve()
  const { dumped, seen } = await dumping
  assert.equal(dumped.tables['vault.albums'], 2)
  assert.deepEqual(seen, { rows: 2, names: 1 })
  assert.ok(text.includes('before') && !text.includes('meanwhile'))
  assert.ok(text.endsWith('commit;\n'))
  assert.deepEqual(leftIn(dir), [])
})

test('a database that holds little is dumped in turn, and no clone is made', async (t) => {
  const { dir, database, users } = await smallVault(t)
  const [user] = users
  await addPair(database, user, 'before')
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let scratch: string[] = []
  const dumping = database.snapshot(async (tx) => {
    const { tables } = await tx.dump(async () => {
      begun.resolve()
      await release.promise
    })
    scratch = leftIn(dir)
    return { rows: tables['vault.albums'], seen: await tx.one(isPair) }
  })
  await begun.promise
  const meanwhile = addPair(database, user, 'meanwhile')
  release.resolve()
  assert.deepEqual(await dumping, { rows: 2, seen: { rows: 2, names: 1 } })
  assert.equal(await meanwhile, 1)
  assert.deepEqual(scratch, [])
})

test('a moment holds all that was saved before it and nothing half, whatever is written while it is taken', async (t) => {
  const { dir, database, users } = await newVault(t)
  const [user] = users
  const rounds = 4
  let saved = 0
  const over = new AbortController()
  const writing = (async () => {
    while (!over.signal.aborted) {
      await addPair(database, user, `pair ${saved}`)
      saved += 1
      // Work the log has to tell of beside the rows: pages that change again and again.
      await database.write(user, (tx) => tx.execute(`update vault.albums set description = 'changed'`))
    }
  })()
  try {
    for (let round = 0; round < rounds; round += 1) {
      const before = saved
      const found = await database.snapshot(async (tx) => {
        const first = await tx.one<{ rows: number; names: number }>(isPair)
        let dumped = ''
        const { tables } = await tx.dump(async (part) => void (dumped += part.toString()))
        assert.equal(tables['vault.albums'], first?.rows)
        assert.deepEqual(await tx.one(isPair), first, 'it stays the same moment')
        return first
      })
      assert.ok(found && found.names >= before, `${found?.names} of ${before} pairs`)
      assert.equal(found.rows, 2 * found.names)
    }
  } finally {
    over.abort()
    await writing
  }
  assert.ok(saved >= rounds)
  assert.deepEqual(leftIn(dir), [])
})

test('what is lent a moment starts no transaction, and one that fails leaves nothing behind', async (t) => {
  const { dir, database, users } = await newVault(t)
  const nested = database.snapshot(() => database.read(users[0], (tx) => tx.one('select 1')))
  assert.match(String(await codeOf(nested)), /inside a transaction/)
  assert.match(String(await codeOf(database.snapshot((tx) => tx.query('select nonsense')))), /42703/)
  assert.deepEqual(leftIn(dir), [])
  assert.deepEqual(await database.read(users[0], (tx) => tx.one('select 1 as x')), { x: 1 })
})

test('a vault is closed after the dump that is under way', async (t) => {
  const { dir, database } = await newVault(t)
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const dumping = database.snapshot((tx) =>
    tx.dump(async () => {
      begun.resolve()
      await release.promise
    }),
  )
  await begun.promise
  const closing = database.close()
  release.resolve()
  assert.ok(Object.keys((await dumping).tables).length > 0)
  await closing
  assert.deepEqual(leftIn(dir), [])
})

test('a long read beside the database is as the person, and holds nobody up', async (t) => {
  const { dir, database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  await addPair(database, ann, 'before')
  await addPair(database, ben, 'not hers')
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const names = `select distinct name from vault.albums order by name`
  const reading = database.aside(async (copy) => {
    const first = await copy.read(ann, async (tx) => {
      begun.resolve()
      await release.promise
      return tx.one(isPair)
    })
    return { first, names: await copy.read(ann, (tx) => tx.query<{ name: string }>(names)) }
  })
  await begun.promise
  await addPair(database, ann, 'meanwhile')
  release.resolve()
  const seen = await reading
  // A clone is of one moment; in a session beside each transaction is of its own.
  if (engine === 'pglite') assert.deepEqual(seen, { first: { rows: 2, names: 1 }, names: [{ name: 'before' }] })
  else assert.ok(seen.names.every(({ name }) => name === 'before' || name === 'meanwhile'))
  const writing = database.aside((copy) => copy.read(ann, (tx) => tx.query(`delete from vault.albums`)))
  assert.equal(await codeOf(writing), '25006')
  const exchanging = database.aside(() => database.rebuild())
  assert.match(String(await codeOf(exchanging)), /still uses it/)
  assert.deepEqual(leftIn(dir), [])
})
