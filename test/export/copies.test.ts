import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Export, Media, TimelinePage } from '../../main/contract/index.ts'
import { testVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { exported } from './support.ts'

test('copies of a selection go into any folder, beside what lies there', async (t) => {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  for (const [index, folder] of ['one', 'two', 'three'].entries()) {
    await mkdir(join(source, folder), { recursive: true })
    await settledFile(join(source, folder, 'IMG_1.jpg'), await jpeg(index))
  }
  await settledFile(join(source, 'other.jpg'), await jpeg(9))
  await vault.import({ paths: [source] })
  const { items: tiles } = await vault.get<TimelinePage>('/timeline/tiles')
  const ids = tiles.filter((tile) => tile.filename === 'IMG_1.jpg').map((tile) => tile.id)
  await vault.ask('POST', '/media/tags', { ids: [ids[0]], name: 'Sea', isTagged: true })
  const folder = join(vault.folder, 'for a friend')
  await mkdir(folder)
  await writeFile(join(folder, 'IMG_1.jpg'), 'somebody else’s')

  const done = await exported(vault, folder, { ids })
  assert.deepEqual([done.status, done.isSelection, done.result?.files, done.result?.failed], ['done', true, 3, []])
  const names = (await readdir(folder)).toSorted()
  assert.deepEqual(
    names.filter((name) => name.endsWith('.jpg')),
    ['IMG_1 (2).jpg', 'IMG_1 (3).jpg', 'IMG_1 (4).jpg', 'IMG_1.jpg'],
  )
  assert.equal(await readFile(join(folder, 'IMG_1.jpg'), 'utf8'), 'somebody else’s')
  const sidecars = await Promise.all(
    names.filter((name) => name.endsWith('.xmp')).map((name) => readFile(join(folder, name), 'utf8')),
  )
  assert.equal(sidecars.filter((text) => text.includes('Sea')).length, 1)

  await rm(join(folder, 'IMG_1 (3).jpg'))
  assert.equal((await exported(vault, folder, { ids })).status, 'done')
  assert.deepEqual((await readdir(folder)).toSorted(), names, 'what is there is not copied again')

  const original = (await vault.get<Media & { file_path: string }>(`/media/${ids[1]}`)).file_path
  await rm(join(vault.dir, original))
  const partly = await exported(vault, join(vault.folder, 'new'), { ids })
  assert.deepEqual([partly.status, partly.result?.files, partly.result?.failed.length], ['done', 2, 1])

  for (const path of ['relative', join(vault.dir, 'inside'), join(folder, 'IMG_1.jpg')]) {
    const { status } = await vault.ask<Export>('POST', '/exports', { path, ids })
    assert.ok(status >= 400, path)
  }
})
