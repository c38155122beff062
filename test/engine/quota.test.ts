import assert from 'node:assert/strict'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { ImportItem, Person, TimelinePage } from '../../main/contract/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

const me = async (vault: TestVault): Promise<Person> => {
  const [person] = (await vault.get<{ items: Person[] }>('/users')).items
  assert.ok(person)
  return person
}

test('an import stops at what a person may keep, says so for each file, and goes on when there is room', async (t) => {
  const vault = await testVault(t)
  const camera = join(vault.folder, 'camera')
  await mkdir(camera)
  const sizes: number[] = []
  for (let number = 0; number < 6; number += 1) {
    const bytes = await jpeg(number, { width: 64 + number * 8 })
    sizes.push(bytes.length)
    await settledFile(join(camera, `${number}.jpg`), bytes)
  }
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const { id } = await me(vault)
  // One byte less than everything: whatever comes in last does not fit, and nothing else is turned away.
  await vault.ask('PATCH', `/users/${id}`, { storageQuota: total - 1 })
  const first = await vault.import({ paths: [camera] })
  assert.deepEqual([first.status, first.added, first.failed], ['done', 5, 1])
  const { items } = await vault.get<{ items: ImportItem[] }>(`/imports/${first.id}/items?outcome=failed`)
  assert.deepEqual(items[0]?.reason, {
    code: 'no-room',
    details: { used: total - (items[0]?.sizeBytes ?? 0), quota: total - 1 },
  })
  const used = (await me(vault)).storageUsed
  assert.equal(used, total - (items[0]?.sizeBytes ?? 0))
  // What is here already needs no room, and what is only indexed in place takes none.
  assert.deepEqual((await vault.import({ paths: [camera] })).duplicates, 5)
  const elsewhere = join(vault.folder, 'elsewhere')
  await mkdir(elsewhere)
  await settledFile(join(elsewhere, 'big.jpg'), await jpeg(90, { width: 640 }))
  assert.equal((await vault.import({ paths: [elsewhere], reference: true })).added, 1)
  assert.equal((await me(vault)).storageUsed, used)
  // The trash still takes room; deleted for good it does not.
  const [tile] = (await vault.get<TimelinePage>('/timeline/tiles')).items.filter((each) => each.filename !== 'big.jpg')
  await vault.ask('DELETE', `/media/${tile?.id}`)
  assert.equal((await me(vault)).storageUsed, used)
  await vault.ask('DELETE', '/trash')
  assert.ok((await me(vault)).storageUsed < used)
  await vault.ask('POST', `/imports/${first.id}/retry`)
  const again = await vault.until(first.id, (now) => now.status === 'done')
  assert.deepEqual([again.added, again.failed], [6, 0])
  await rm(camera, { recursive: true })
})

test('without a limit nothing is turned away', async (t) => {
  const vault = await testVault(t)
  const { id } = await me(vault)
  await vault.ask('PATCH', `/users/${id}`, { storageQuota: 1 })
  await settledFile(join(vault.folder, 'a.jpg'), await jpeg(1))
  assert.equal((await vault.import({ paths: [join(vault.folder, 'a.jpg')] })).failed, 1)
  await vault.ask('PATCH', `/users/${id}`, { storageQuota: null })
  assert.equal((await vault.import({ paths: [join(vault.folder, 'a.jpg')] })).added, 1)
})
