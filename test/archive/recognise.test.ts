import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { mayBeExport } from '../../main/engine/archive/may-be-export.ts'
import { testVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { folderOf } from './fixtures.ts'
import { samples } from './samples/index.ts'
import type { Connection, RecognisedExports } from './types.ts'

test('every export that was unpacked is found among what is dropped, also in a folder of its own; a folder of photos is not gone through', async (t) => {
  const vault = await testVault(t)
  for (const { name, files } of samples) {
    const folder = await folderOf(t, files)
    const wrapped = await folderOf(
      t,
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`inner/${path}`, content])),
    )
    const { body } = await vault.ask<RecognisedExports>('POST', '/imports/recognise', { paths: [folder] })
    assert.equal(body.exports.length, 1, name)
    assert.equal(await mayBeExport(wrapped), true, `${name}, wrapped`)
  }
  const photos = join(await temporaryFolder(t), 'photos')
  await mkdir(join(photos, '2024', '05'), { recursive: true })
  await writeFile(join(photos, '2024', '05', 'activities.csv'), 'deep below')
  assert.equal(await mayBeExport(photos), false)
})

test('an export of Instagram that holds one of Threads gives both, each to its own connection', async (t) => {
  const vault = await testVault(t)
  const [instagram, threads] = ['instagram', 'threads'].map((name) => samples.find((each) => each.name === name))
  assert.ok(instagram && threads)
  const folder = await folderOf(t, { ...threads.files, ...instagram.files })
  const run = await vault.import({ paths: [folder], archive: true })
  assert.deepEqual([run.status, run.problem], ['done', null])
  const { items } = await vault.get<{ items: Connection[] }>('/connections')
  assert.deepEqual(items.map(({ platform }) => platform).toSorted(), ['instagram', 'threads'])
  assert.ok(items.every(({ posts }) => posts > 0))
  const again = await vault.import({ paths: [folder], archive: true })
  const [figures] = again.archive?.types ?? []
  assert.deepEqual(
    [figures?.added, figures?.updated, figures?.same],
    [0, 0, items.reduce((sum, { posts }) => sum + posts, 0)],
  )
})
