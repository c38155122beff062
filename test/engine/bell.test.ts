import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type TestContext, describe, test } from 'vitest'
import { recordChanges, type Change } from '../../main/engine/changes/index.ts'
import type { Person } from '../../main/contract/index.ts'
import { newId } from '../../main/engine/base/ids.ts'
import { testVault } from '../support/engine.ts'

const change = (): Change => ({ noun: 'media', objectId: newId(), kind: 'changed' })

async function ringing(t: TestContext) {
  const vault = await testVault(t)
  const { database, bell } = vault.engine.vault()
  const [{ id: ann } = { id: '' }] = (await vault.get<{ items: Person[] }>('/users')).items
  const rung: string[] = []
  bell.listen((userId, noun) => rung.push(noun === null ? userId : `${userId} ${noun}`))
  return { vault, database, bell, ann, rung }
}

describe('the bell', () => {
  test('rings once for each transaction with changes that committed, and for none that was rolled back', async (t) => {
    const { database, ann, rung } = await ringing(t)
    const ends = ['commit', 'throw', 'nothing', 'commit', 'refused', 'throw', 'commit', 'nothing'] as const
    let committed = 0
    for (const end of ends) {
      for (const write of ['write', 'asService'] as const) {
        const run = async (tx: Parameters<typeof recordChanges>[0]): Promise<void> => {
          if (end === 'nothing') return recordChanges(tx, ann, [])
          await recordChanges(tx, ann, [change(), change()])
          await recordChanges(tx, ann, [change()])
          assert.equal(rung.length, committed, 'it rang before the commit')
          if (end === 'throw') throw new Error('changed my mind')
          // A statement that failed takes the transaction with it, also when nobody looks at what it said.
          if (end === 'refused') await tx.execute('select 1 / 0').catch(() => {})
        }
        const ended = await (write === 'write' ? database.write(ann, run) : database.asService(run)).then(
          () => 'commit',
          () => 'rollback',
        )
        assert.equal(ended, end === 'throw' || end === 'refused' ? 'rollback' : 'commit')
        if (end === 'commit') committed += 1
        assert.deepEqual(rung, Array<string>(committed).fill(ann), `${write} ${end}`)
      }
    }
  })

  test('what was stored can be read when it rings', async (t) => {
    const { database, bell, ann } = await ringing(t)
    const before = await database.read(ann, (tx) => tx.query(`select from meta.changes`))
    const heard = Promise.withResolvers<number>()
    bell.listen(() => {
      const found = database.read(ann, (tx) => tx.query(`select from meta.changes`))
      found.then((rows) => heard.resolve(rows.length - before.length), heard.reject)
    })
    await database.write(ann, (tx) => recordChanges(tx, ann, [change()]))
    assert.equal(await heard.promise, 1)
  })

  test('rings after what it is held for, whatever becomes of that', async (t) => {
    const { database, bell, ann, rung } = await ringing(t)
    const store = (): Promise<void> => database.write(ann, (tx) => recordChanges(tx, ann, [change()]))
    const held = bell.hold(async () => {
      await store()
      await store()
      return rung.length
    })
    assert.equal(await held, 0)
    await nextTurn()
    assert.deepEqual(rung, [ann])
    await assert.rejects(
      bell.hold(async () => {
        await store()
        throw new Error('no')
      }),
    )
    await nextTurn()
    assert.deepEqual(rung, [ann, ann])
  })

  test('rings for each person whose things one transaction changed, and for no one else', async (t) => {
    const { vault, database, ann, rung } = await ringing(t)
    const ben = (await vault.ask<Person>('POST', '/users', { username: 'ben', password: 'four quiet green chairs' }))
      .body
    await vault.ask('POST', '/users', { username: 'cleo', password: 'four quiet green chairs' })
    rung.length = 0
    await database.asService(async (tx) => {
      for (const userId of [ann, ben.id, ann]) await recordChanges(tx, userId, [change()])
    })
    assert.deepEqual(rung.toSorted(), [ann, ben.id].toSorted())
  })

  test('rings for what a request changed, and a refused one rings nothing', async (t) => {
    const { vault, ann, rung } = await ringing(t)
    const { status } = await vault.raw('POST', '/albums', { name: 'Lanterns', media_ids: [newId()] })
    assert.equal(status, 404)
    assert.deepEqual(rung, [])
    await vault.ask('POST', '/albums', { name: 'Lanterns' })
    assert.deepEqual(rung, [ann])
  })
})
