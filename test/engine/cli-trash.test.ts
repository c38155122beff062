import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { coffer } from '../support/coffer.ts'
import { testVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

test('coffer trash lists, restores and empties photos and everything else', async (t) => {
  const vault = await testVault(t)
  await mkdir(join(vault.folder, 'camera'))
  await settledFile(join(vault.folder, 'camera', 'a.jpg'), await jpeg(1))
  const run = await vault.import({ paths: [join(vault.folder, 'camera')] })
  const { items } = await vault.get<{ items: { mediaId: string }[] }>(`/imports/${run.id}/items`)
  const photo = items[0]?.mediaId ?? ''
  const note = (await vault.ask<{ id: string }>('POST', '/notes', { title: 'Bees', body: '' })).body.id
  const album = (await vault.ask<{ id: string }>('POST', '/albums', { name: 'Summer' })).body.id
  await vault.ask('POST', '/media/trash', { ids: [photo] })
  await vault.ask('DELETE', `/notes/${note}`)
  await vault.ask('DELETE', `/albums/${album}`)
  await vault.engine.close()
  const trash = (...args: string[]) => coffer(['--vault', vault.dir, '--json', 'trash', ...args])
  const listed = async (): Promise<string[]> =>
    (await trash('list')).json<{ type: string; title: string }[]>().map(({ type, title }) => `${type} ${title}`)

  assert.deepEqual(await listed(), ['media a.jpg', 'album Summer', 'note Bees'])
  assert.deepEqual((await trash('restore', photo, note)).json(), { changed: 2 })
  assert.equal((await trash('restore', note)).code, 3, 'what is not in the trash does not come back')
  assert.deepEqual(await listed(), ['album Summer'])
  assert.equal((await trash('empty')).code, 2)
  assert.deepEqual(await listed(), ['album Summer'])
  assert.deepEqual((await trash('empty', '--yes')).json(), { changed: 1 })
  assert.deepEqual(await listed(), [])
})
