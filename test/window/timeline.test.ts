import './browser.ts'
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'vitest'
import type { ActivityEntry } from '../../main/contract/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

/** The window's own questions go to this engine, in this process. */
async function windowOf(t: TestContext): Promise<TestVault & { readonly asked: string[] }> {
  const vault = await testVault(t)
  const asked: string[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    asked.push(pathname + search)
    const headers = { ...(init?.headers as Record<string, string>), 'x-coffer-secret': vault.engine.secret }
    return vault.engine.fetch(new Request(`http://coffer${pathname}${search}`, { ...init, headers }))
  }
  t.onTestFinished(() => void (globalThis.fetch = before))
  return { ...vault, asked }
}

/** Two photos on each of three days. */
async function threeDays(vault: TestVault): Promise<void> {
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (const [index, day] of ['2024:05:01', '2024:05:02', '2024:06:01'].entries()) {
    for (const hour of ['08', '09']) {
      const name = join(source, `${index}-${hour}.jpg`)
      await settledFile(name, await jpeg(index * 10 + Number(hour), { date: `${day} ${hour}:00:00` }))
    }
  }
  await vault.import({ paths: [source] })
}

test('the timeline of the window fetches the days that are wanted and steps from photo to photo over days', async (t) => {
  const { TimelineStore } = await import('../../renderer/data/timeline.ts')
  const vault = await windowOf(t)
  await threeDays(vault)
  const store = new TimelineStore()
  t.onTestFinished(() => store.close())
  const until = (isThere: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isThere()) return
        stop()
        resolve()
      }
      const stop = store.subscribe(look)
      look()
    })
  store.open()
  await until(() => store.read().status === 'ready')
  assert.deepEqual(
    store.read().days.map(({ day, count, tiles }) => [day, count, tiles.length]),
    [
      ['2024-06-01', 2, 0],
      ['2024-05-02', 2, 0],
      ['2024-05-01', 2, 0],
    ],
  )
  store.want([{ day: '2024-05-02', upTo: 2 }])
  await until(() => store.read().days[1]?.tiles.length === 2)
  const fetched = vault.asked.filter((path) => path.includes('/tiles'))
  assert.equal(fetched.length, 1, 'a day nobody wants is not fetched')

  const all = await store.everything()
  assert.equal(all.length, 6)
  const [first, , third] = all
  const last = all.at(-1)
  assert.ok(first && third && last)
  const walked = [first.id]
  for (let at = await store.beside(first, 1); at; at = await store.beside({ day: at.day, id: at.tile.id }, 1)) {
    walked.push(at.tile.id)
  }
  assert.deepEqual(
    walked,
    all.map(({ id }) => id),
  )
  assert.equal(await store.beside(first, -1), null)
  assert.deepEqual(await store.between(last, third), all.slice(2))
  assert.deepEqual(await store.wholeDay('2024-05-02'), all.slice(2, 4))

  const kept = store.read().days[1]?.tiles
  await vault.ask('POST', '/media/trash', { ids: [first.id] })
  store.invalidate()
  await until(() => store.read().total === 5)
  assert.equal(store.read().days[0]?.count, 1)
  assert.equal(store.read().days[1]?.tiles, kept, 'what did not change is not drawn again')
})

test('each thing that is done has a sentence of its own in the activity', async (t) => {
  const { activityLine } = await import('../../renderer/messages/activity-line.ts')
  const vault = await windowOf(t)
  await threeDays(vault)
  const { body: album } = await vault.ask<{ id: string }>('POST', '/albums', { name: 'Lake' })
  const { body: page } = await vault.ask<{ items: { id: string }[] }>('GET', '/timeline/tiles')
  const ids = page.items.map(({ id }) => id)
  await vault.ask('POST', `/albums/${album.id}/items`, { ids })
  await vault.ask('PATCH', `/albums/${album.id}`, { name: 'The lake' })
  await vault.ask('POST', '/media/trash', { ids: ids.slice(0, 2) })
  await vault.ask('POST', '/media/restore', { ids: ids.slice(0, 1) })
  await vault.ask('DELETE', `/albums/${album.id}`)
  const { body: note } = await vault.ask<{ id: string }>('POST', '/notes', { title: 'x', body: '' })
  await vault.ask('DELETE', `/notes/${note.id}`)
  const { items } = await vault.get<{ items: ActivityEntry[] }>('/activity?limit=100')
  const named = { firstId: null, albums: new Map(), imports: new Map(), folders: new Map() }
  const sentences = items.map((entry) => [entry.action, activityLine(entry, 1, named)] as const)
  assert.ok(sentences.length >= 8, `only ${sentences.length} lines`)
  for (const [action, sentence] of sentences) {
    assert.doesNotMatch(sentence, new RegExp(action.replace('.', '\\.')), 'an action without a sentence says its name')
    assert.match(sentence, /\.$/)
  }
  const of = (action: string): string | undefined => sentences.find(([each]) => each === action)?.[1]
  assert.equal(of('media.trashed'), '2 photos were moved to the trash.')
  assert.equal(of('media.restored'), '1 photo was restored from the trash.')
  assert.equal(of('notes.trashed'), 'Moved to the trash: a note.')
})
