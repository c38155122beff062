import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import type { ErasedProof, Status } from '../../main/contract/index.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { temporaryFolder } from '../support/folders.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

/** Bytes at the end of every planted original, and words in everything a person can write. */
const trailer = Buffer.from('PLANTED-BYTES-OF-AN-ORIGINAL-7f3a91c2')
const words = ['Zwetschgenknödel', 'vergissmeinnicht', 'Quittengelee', 'Holunderblüte', 'planted-folder']

async function plant(t: TestContext): Promise<TestVault> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'planted-folder')
  await mkdir(source)
  for (let number = 0; number < 30; number += 1) {
    const bytes = Buffer.concat([await jpeg(number), trailer, Buffer.from(String(number))])
    await settledFile(join(source, `Zwetschgenknödel ${number}.jpg`), bytes)
  }
  await vault.import({ paths: [source], albumPerFolder: true })
  const { database } = vault.engine.vault()
  const rows = await database.asService((tx) => tx.query<{ id: string }>(`select id from vault.media order by id`))
  for (const { id } of rows)
    await vault.ask('PATCH', `/media/${id}`, { description: `vergissmeinnicht ${id}`, rating: 3 })
  await vault.ask('POST', '/albums', { name: 'Quittengelee', mediaIds: rows.map((row) => row.id) })
  await vault.ask('POST', '/media/trash', { ids: [rows[0]?.id] })
  await database.asService((tx) =>
    tx.execute(
      `insert into vault.tags (user_id, name) select id, 'Holunderblüte' from core.users where username = 'ann'`,
    ),
  )
  // Statistics hold the most common values of a table, and a copy set aside holds everything.
  await database.maintain('analyze')
  await database.maintain('checkpoint')
  await mkdir(join(vault.dir, 'database.before-0001'))
  await writeFile(join(vault.dir, 'database.before-0001', 'base'), trailer)
  return vault
}

/** Files below a folder that hold any of these. */
async function holding(folder: string, wanted: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    for (const each of wanted) if (bytes.includes(each)) found.push(`${path.slice(folder.length)}: ${String(each)}`)
  }
  return found
}

test('nothing of what was erased is left in the vault folder, and the vault is empty and usable', async (t) => {
  const vault = await plant(t)
  assert.notDeepEqual(await holding(vault.dir, [trailer]), [], 'the search finds what is there')
  assert.ok((await holding(vault.dir, words)).length > 1)
  const { database } = vault.engine.vault()
  const hashes = await database.asService((tx) =>
    tx.query<{ hash: string }>(`select hash from vault.media order by hash`),
  )
  const wrong = await vault.ask<{ code: string }>('POST', '/erasures', { name: 'Ann' })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'erase-unconfirmed'])
  assert.equal((await vault.get<Status>('/status')).media, 29)

  const erased = await vault.ask<ErasedProof>('POST', '/erasures', { name: 'ann' })
  assert.equal(erased.status, 200)
  const digest = createHash('sha256')
  for (const { hash } of hashes) digest.update(`${hash}\n`)
  assert.deepEqual([erased.body.media, erased.body.isRemoved, erased.body.digest], [30, false, digest.digest('hex')])
  assert.deepEqual(await holding(vault.dir, [trailer, ...words]), [])
  const status = await vault.get<Status>('/status')
  assert.deepEqual([status.media, status.albums, status.trashed, status.problems], [0, 0, 0, []])
  const activity = await vault.get<{ items: { action: string; objectId: string; details: object }[] }>('/activity')
  assert.deepEqual(
    activity.items.map((entry) => entry.action),
    ['users.erased'],
  )
  const { personId, at, ...figures } = erased.body
  assert.ok(Date.parse(at) <= Date.now())
  assert.equal(activity.items[0]?.objectId, personId)
  assert.deepEqual(activity.items[0]?.details, figures)

  const again = await vault.import({ paths: [join(vault.folder, 'planted-folder')] })
  assert.deepEqual([again.added, again.duplicates], [30, 0], 'it is not even remembered that they were here')
  await vault.engine.close()
  assert.equal((await coffer(['--vault', vault.dir, 'verify'])).code, 0)
})

test('other people of the vault keep all they have; the one who leaves is gone', async (t) => {
  const vault = await plant(t)
  await vault.ask('POST', '/users', { username: 'zebediah-quux', password: 'a long enough password' })
  await vault.engine.close()
  const source = join(vault.folder, 'other')
  await mkdir(source)
  for (let number = 100; number < 105; number += 1) await settledFile(join(source, `${number}.jpg`), await jpeg(number))
  const password = join(vault.folder, 'password')
  await writeFile(password, 'a long enough password')
  const as = (name: string, ...rest: string[]) =>
    coffer([
      '--vault',
      vault.dir,
      '--json',
      '--user',
      name,
      ...(name === 'ann' ? [] : ['--password-file', password]),
      ...rest,
    ])
  assert.equal((await as('zebediah-quux', 'import', source, '--album-per-folder')).code, 0)
  const before = (await as('ann', 'timeline')).stdout
  const unsure = await as('zebediah-quux', 'erase')
  assert.equal(unsure.code, 2)
  assert.equal((await as('zebediah-quux', 'erase', '--yes-erase', 'ann')).code, 2)
  const erased = await as('zebediah-quux', 'erase', '--yes-erase', 'zebediah-quux')
  assert.equal(erased.code, 0, erased.stdout)
  assert.deepEqual([erased.json<ErasedProof>().media, erased.json<ErasedProof>().isRemoved], [5, true])
  assert.deepEqual(await holding(vault.dir, ['zebediah-quux']), [])
  assert.deepEqual(await readdir(join(vault.dir, 'users')).then((names) => names.length), 1)
  assert.equal((await coffer(['--vault', vault.dir, '--json', 'timeline'])).stdout, before)
  assert.equal((await coffer(['--vault', vault.dir, 'users', 'add', 'late'])).code, 0)
  const only = await as('ann', 'erase', '--yes-erase', 'ann')
  assert.match(only.stdout, /This vault has no other administrator/)
  assert.equal((await as('ann', 'verify')).code, 0, 'the log is whole though a name went out of it')
})

test(
  'killed at any moment, either nothing was erased or the next start finishes it',
  { timeout: 600_000 },
  async (t) => {
    const folder = await temporaryFolder(t)
    const [dir, source] = [join(folder, 'vault'), join(folder, 'camera')]
    await mkdir(source)
    for (let number = 0; number < 60; number += 1) {
      await settledFile(join(source, `${number}.jpg`), Buffer.concat([await jpeg(number), trailer]))
    }
    const name = 'ann'
    await coffer(['--user', name, 'init', dir])
    const outcomes = new Set<string>()
    let isErased = false
    const args = ['--vault', dir, 'erase', '--yes-erase', name]
    const startedMs = performance.now()
    await coffer(['--vault', dir, 'import', source])
    const importedMs = performance.now()
    assert.equal((await coffer(args)).code, 0)
    const wholeMs = performance.now() - importedMs
    await t.annotate(`import ${Math.round(importedMs - startedMs)} ms, erase ${Math.round(wholeMs)} ms`)
    const kills = Number(process.env['COFFER_KILLS'] ?? 6)
    for (let kill = 0; kill < kills; kill += 1) {
      await coffer(['--vault', dir, 'import', source])
      const child = spawnCoffer(['--vault', dir, 'erase', '--yes-erase', name])
      const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
      const timer = setTimeout(() => child.kill('SIGKILL'), (wholeMs * (kill + 2)) / (kills + 2))
      const code = await ended
      clearTimeout(timer)
      const status = await coffer(['--vault', dir, '--json', 'status'])
      assert.equal(status.code, 0, `${status.stdout}${status.stderr}`)
      const { media } = status.json<Status>()
      isErased = media === 0
      outcomes.add(`${code === null ? 'killed' : 'done'}, ${isErased ? 'erased' : 'kept'}`)
      if (isErased) {
        assert.deepEqual(await holding(dir, [trailer]), [])
        assert.ok(!(await stat(join(dir, 'database.rebuilt')).catch(() => null)))
      } else {
        assert.equal(media, 60)
        assert.equal((await coffer(['--vault', dir, 'verify'])).code, 0)
      }
    }
    assert.ok(
      [...outcomes].some((each) => each.startsWith('killed')),
      [...outcomes].join('; '),
    )
    await t.annotate([...outcomes].join('; '))
  },
)
