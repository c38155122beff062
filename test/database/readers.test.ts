import assert from 'node:assert/strict'
import { test } from 'vitest'
import { addUser, engine, newVault } from './support.ts'

process.env['COFFER_MIN_FREE_MB'] ??= '4'
const skip = engine === 'pglite'

test('on a server a list that takes long holds up neither another nor a change', { skip }, async (t) => {
  const { database, users } = await newVault(t)
  const [user] = users
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const long = database.read(user, async (tx) => {
    begun.resolve()
    await release.promise
    return tx.one<{ n: number }>('select count(*) as n from vault.albums')
  })
  await begun.promise
  await database.write(user, (tx) => tx.execute(`insert into vault.albums (user_id, name) values ($1, 'n')`, [user]))
  // Anyone who asks after a change was acknowledged sees it.
  for (let round = 0; round < 20; round += 1) {
    const added = `insert into vault.albums (user_id, name) values ($1, 'more')`
    await database.write(user, (tx) => tx.execute(added, [user]))
    const seen = await database.read(user, (tx) => tx.one('select count(*) as n from vault.albums'))
    assert.deepEqual(seen, { n: round + 2 })
  }
  release.resolve()
  await long
})

test('on a server many lists at once are answered, also around a schema change', { skip }, async (t) => {
  const { database, users } = await newVault(t)
  const [user] = users
  const other = await addUser(database, 'ben')
  const ask = (who: string) => database.read(who, (tx) => tx.query<{ id: string }>('select id from core.users'))
  const lists = Array.from({ length: 30 }, (_, index) => ask(index % 2 === 0 ? user : other))
  const rebuilt = database.rebuild()
  const later = Array.from({ length: 10 }, () => ask(user))
  await rebuilt
  const answers = await Promise.all([...lists, ...later])
  assert.ok(answers.every((each) => each.length >= 1))
})
