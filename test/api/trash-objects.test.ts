import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { objectTypes, type TrashedObjects } from '../../main/contract/index.ts'
import { tables } from '../../main/engine/objects/index.ts'
import { fillVault, plainTypes } from '../export/objects.ts'
import { testVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { step } from '../support/step.ts'

test('the trash lists, restores and empties objects of every type', async (t) => {
  const vault = await testVault(t)
  const { database } = vault.engine.vault()
  await mkdir(join(vault.folder, 'camera'))
  await settledFile(join(vault.folder, 'camera', 'a.jpg'), await jpeg(1))
  await vault.import({ paths: [join(vault.folder, 'camera')] })
  const media = await database.asService((tx) => tx.one<{ id: string }>(`select id from vault.media`))
  const rounds = await fillVault(vault, media?.id ?? '')
  const types = [...plainTypes, 'album', 'tag', 'link'] as const
  for (const path of ['/albums', '/tags']) {
    const made = await vault.ask<{ id: string }>('POST', path, { name: 'x' })
    await vault.ask('DELETE', `${path}/${made.body.id}`)
  }
  const trashed = async (): Promise<TrashedObjects['items']> => {
    const found: TrashedObjects['items'] = []
    for (let next: string | null = ''; next !== null;) {
      const more = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
      const page: TrashedObjects = await vault.get(`/trash/objects?limit=7${more}`)
      found.push(...page.items)
      ;({ next } = page)
    }
    return found
  }
  const all = await trashed()
  assert.deepEqual(new Set(all.map(({ type }) => type)), new Set(types))
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'a page repeats what another had')
  for (const { type, id } of all) if (type in (rounds[2] ?? {})) assert.equal(id, rounds[2]?.[type])

  const items = all.map(({ type, id }) => ({ type, id }))
  const back = await vault.ask<{ changed: number }>('POST', '/trash/objects/restore', { items })
  assert.deepEqual([back.status, back.body.changed], [200, items.length], JSON.stringify(back.body))
  assert.deepEqual(await trashed(), [])

  await step('one whose place was taken stays, and the others come back', async () => {
    const { body: made } = await vault.ask<{ id: string }>('POST', '/tags', { name: 'Taken' })
    const { body: other } = await vault.ask<{ id: string }>('POST', '/tags', { name: 'Free' })
    for (const { id } of [made, other]) await vault.ask('DELETE', `/tags/${id}`)
    await vault.ask('POST', '/tags', { name: 'taken' })
    const two = [made, other].map(({ id }) => ({ type: 'tag', id }))
    assert.equal(
      (await vault.ask<{ changed: number }>('POST', '/trash/objects/restore', { items: two })).body.changed,
      1,
    )
    assert.deepEqual(
      (await trashed()).map(({ id }) => id),
      [made.id],
    )
  })

  await step('what is live is not deleted, one named is, and emptying takes all of every type', async () => {
    const note = { type: 'note', id: rounds[0]?.['note'] }
    const purged = (): Promise<{ body: { changed: number } }> =>
      vault.ask('POST', '/trash/objects/purge', { items: [note] })
    assert.equal((await purged()).body.changed, 0)
    await vault.ask('DELETE', `/notes/${note.id}`)
    await vault.ask('DELETE', '/trash?only=media')
    assert.equal((await purged()).body.changed, 1)

    for (const type of types) {
      await database.asService((tx) =>
        tx.execute(`update ${tables[type]} set deleted_at = now() where deleted_at is null`),
      )
    }
    await vault.ask('POST', '/media/trash', { ids: [media?.id] })
    assert.equal((await vault.ask('DELETE', '/trash')).status, 200)
    for (const type of [...types, 'media'] as const) {
      const left = await database.asService((tx) => tx.query(`select 1 as x from ${tables[type]}`))
      assert.equal(left.length, 0, objectTypes[type].path)
    }
    assert.deepEqual(await trashed(), [])
  })
})
