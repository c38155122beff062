import './browser.ts'
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, test } from 'vitest'
import { nounSchema, objectPaths } from '../../main/contract/index.ts'
import { keysShowing, showsInTimeline } from '../../renderer/data/keys.ts'
import { projectRoot } from '../support/folders.ts'

const folder = join(projectRoot, 'renderer/data')
/** Each question says with its key what its answer is made of. */
beforeAll(async () => {
  const asking = readdirSync(folder).filter((file) => /= queryKey\(/.test(readFileSync(join(folder, file), 'utf8')))
  assert.ok(asking.length >= 9, `only ${asking.length} files ask`)
  for (const file of asking) await import(pathToFileURL(join(folder, file)).href)
})

const names = (nouns: Parameters<typeof keysShowing>[0]): string[] =>
  keysShowing(nouns)
    .map(([first]) => String(first))
    .sort()

test('a change asks again for what it shows in, and for nothing else', () => {
  assert.deepEqual(names(['backups']), ['activity', 'backups', 'status'])
  assert.deepEqual(names(['albums']), ['activity', 'albums', 'media', 'status', 'trash'])
  assert.deepEqual(names(['posts']), ['activity', 'connections', 'posts', 'status', 'trash'])
  assert.deepEqual(names(['notes']), ['activity', 'status', 'trash'])
  assert.deepEqual([showsInTimeline(['albums']), showsInTimeline(['media'])], [false, true])
})

test('each change shows somewhere besides the counts and the log, and each kind of object in the trash', () => {
  // Settings are asked for when they are shown.
  for (const noun of nounSchema.options.filter((each) => each !== 'settings')) {
    const shown = names([noun])
    assert.ok(shown.length > 2, noun)
    if ((objectPaths as readonly string[]).includes(noun)) assert.ok(shown.includes('trash'), noun)
  }
})

test('all is asked again when nobody knows what changed', () => {
  assert.equal(showsInTimeline(null), true)
  const first = ['activity', 'albums', 'backups', 'connections', 'exports', 'imports', 'media', 'people', 'posts']
  assert.deepEqual(names(null), [...first, 'sessions', 'status', 'trash', 'watched-folders'])
})
