import assert from 'node:assert/strict'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { objectTypes } from '../../main/contract/index.ts'
import { tables } from '../../main/engine/objects/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { fillVault, objectsOf, plainTypes } from './objects.ts'
import { exportedWell } from './support.ts'
import { step } from '../support/step.ts'

async function mediaId(vault: TestVault): Promise<string> {
  const row = await vault.engine
    .vault()
    .database.asService((tx) => tx.one<{ id: string }>(`select id from vault.media`))
  return row?.id ?? ''
}

async function withPhoto(vault: TestVault): Promise<string> {
  const photo = join(vault.folder, 'camera', 'a.jpg')
  await mkdir(join(vault.folder, 'camera'))
  await settledFile(photo, await jpeg(1))
  await vault.import({ paths: [photo] })
  return mediaId(vault)
}

test('every object of every type comes back from an export, with all its fields and links', async (t) => {
  const vault = await testVault(t)
  const rounds = await fillVault(vault, await withPhoto(vault))
  const before = await objectsOf(vault)
  for (const type of plainTypes) assert.equal(before[type]?.length, rounds.length, type)
  assert.equal(before['link']?.length, rounds.length * plainTypes.length)
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)

  const manifest = JSON.parse(await readFile(join(out, 'coffer-export.json'), 'utf8')) as { objects: object }
  assert.deepEqual(
    manifest.objects,
    Object.fromEntries(plainTypes.map((type) => [objectTypes[type].path, rounds.length])),
  )
  const schema = JSON.parse(await readFile(join(out, 'data', 'schema.json'), 'utf8')) as object
  for (const type of plainTypes) assert.ok(`data/${objectTypes[type].path}.jsonl` in schema, type)
  const text = await readFile(join(out, 'data', 'integrations.jsonl'), 'utf8')
  assert.doesNotMatch(text, /user_id"(?<!platform_user_id")|_enc|access_token|refresh_token/)

  const second = await testVault(t)
  const run = await second.import({ paths: [out] })
  assert.deepEqual([run.status, run.problem], ['done', null])
  const after = await objectsOf(second)
  for (const part of Object.keys(before)) assert.deepEqual(after[part], before[part], part)

  await step('once more, and into the vault it came from, adds and changes nothing', async () => {
    assert.equal((await second.import({ paths: [out] })).problem, null)
    assert.deepEqual(await objectsOf(second), after)
    assert.equal((await vault.import({ paths: [out] })).problem, null)
    assert.deepEqual(await objectsOf(vault), before)
  })

  await step('each type leaves one line in the log', async () => {
    const { items } = await second.get<{ items: { action: string; details: { count?: number } }[] }>(
      '/activity?limit=200',
    )
    for (const type of plainTypes) {
      const lines = items.filter(({ action }) => action === `${objectTypes[type].path}.imported`)
      assert.deepEqual(
        lines.map(({ details }) => details.count),
        [rounds.length],
        type,
      )
    }
  })

  await step('what is exported again is the same', async () => {
    const third = await testVault(t)
    await exportedWell(second, join(second.folder, 'again'))
    await third.import({ paths: [join(second.folder, 'again')] })
    assert.deepEqual(await objectsOf(third), before)
  })
})

test('undoing the import of an export takes its objects away too, and importing it again brings them back', async (t) => {
  const vault = await testVault(t)
  await fillVault(vault, await withPhoto(vault))
  const { body: album } = await vault.ask<{ id: string }>('POST', '/albums', { name: 'Lake' })
  await vault.ask('POST', `/albums/${album.id}/items`, { ids: [await mediaId(vault)] })
  await vault.ask('POST', '/tags', { name: 'Summer' })
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const second = await testVault(t)
  const { body: own } = await second.ask<{ id: string }>('POST', '/notes', { title: 'Own', body: '' })
  const live = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {}
    for (const type of [...plainTypes, 'album', 'tag', 'media'] as const) {
      const row = await second.engine
        .vault()
        .database.asService((tx) =>
          tx.one<{ count: number }>(`select count(*)::integer as count from ${tables[type]} where deleted_at is null`),
        )
      counts[type] = row?.count ?? 0
    }
    return counts
  }
  const alone = await live()
  const run = await second.import({ paths: [out] })
  const all = await live()
  for (const type of plainTypes) assert.ok((all[type] ?? 0) > (alone[type] ?? 0), type)

  assert.equal((await second.ask('POST', `/imports/${run.id}/undo`)).status, 200)
  assert.deepEqual(await live(), alone)
  assert.equal((await second.get<{ deleted_at: string | null }>(`/notes/${own.id}`)).deleted_at, null)

  await second.import({ paths: [out] })
  assert.deepEqual(await live(), all)
})

test('what came through a connection still says so in the vault it is imported into', async (t) => {
  const vault = await testVault(t)
  const { body: connection } = await vault.ask<{ id: string }>('POST', '/integrations', {
    platform: 'bluesky',
    platform_user_id: 'did:plc:a',
    username: 'ada',
  })
  const photo = await withPhoto(vault)
  const { body: album } = await vault.ask<{ id: string }>('POST', '/albums', { name: 'Lake' })
  const { body: tag } = await vault.ask<{ id: string }>('POST', '/tags', { name: 'Summer' })
  const made = await vault.ask('POST', '/links', {
    from_object_id: photo,
    from_object_type: 'media',
    to_object_id: tag.id,
    to_object_type: 'tag',
    link_type: 'tagged_with',
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { database } = vault.engine.vault()
  const those = { 'vault.media': photo, 'vault.albums': album.id, 'vault.tags': tag.id }
  for (const [table, id] of Object.entries(those)) {
    await database.asService((tx) =>
      tx.execute(
        `update ${table} set source_integration_id = $2, source_platform = 'bluesky', source_id = 'x' where id = $1`,
        [id, connection.id],
      ),
    )
  }
  await database.asService((tx) => tx.execute(`update core.links set source_integration_id = $1`, [connection.id]))
  await exportedWell(vault, join(vault.folder, 'out'))
  const second = await testVault(t)
  await second.import({ paths: [join(vault.folder, 'out')] })
  for (const table of [...Object.keys(those), 'core.links']) {
    const rows = await second.engine
      .vault()
      .database.asService((tx) =>
        tx.query<{ username: string }>(
          `select i.username from ${table} o left join core.integrations i on i.id = o.source_integration_id`,
        ),
      )
    assert.deepEqual(rows, [{ username: 'ada' }], table)
  }
})

test('an export without photos brings back its objects, also from a folder above it', async (t) => {
  const vault = await testVault(t)
  await vault.ask('POST', '/notes', { title: 'Only', body: 'words', metadata: { custom: { a: 1 } } })
  await exportedWell(vault, join(vault.folder, 'drive', 'out'))
  for (const path of [join(vault.folder, 'drive', 'out'), join(vault.folder, 'drive')]) {
    const second = await testVault(t)
    const run = await second.import({ paths: [path] })
    assert.deepEqual([run.status, run.problem], ['done', null])
    assert.deepEqual(await objectsOf(second), await objectsOf(vault))
  }
})

test('a connection that had tokens comes back without them and says so', async (t) => {
  const vault = await testVault(t)
  const { database } = vault.engine.vault()
  await database.asService((tx) =>
    tx.execute(
      `insert into core.integrations (user_id, platform, status) select id, 'bluesky', 'connected' from core.users`,
    ),
  )
  await database.asService((tx) =>
    tx.execute(
      `insert into core.integration_secrets (account_id, user_id, access_token_enc, key_id)
       select id, user_id, '\\xdeadbeef', 'k' from core.integrations`,
    ),
  )
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  assert.doesNotMatch(await readFile(join(out, 'data', 'integrations.jsonl'), 'utf8'), /deadbeef/)
  const second = await testVault(t)
  await second.import({ paths: [out] })
  const rows = await second.engine
    .vault()
    .database.asService((tx) => tx.query<{ status: string }>(`select status from core.integrations`))
  assert.deepEqual(rows, [{ status: 'token_expired' }])
})

test('one bad line costs that line, is counted, and reaches nobody else', async (t) => {
  const vault = await testVault(t)
  for (const title of ['a', 'b', 'c'])
    await vault.ask('POST', '/notes', { title, body: '', metadata: { custom: { title } } })
  const task = await vault.ask<{ id: string }>('POST', '/tasks', { title: 'x', metadata: { custom: { t: 1 } } })
  const out = join(vault.folder, 'out')
  await exportedWell(vault, out)
  const notes = join(out, 'data', 'notes.jsonl')
  const first = JSON.parse((await readFile(notes, 'utf8')).split('\n')[0] ?? '') as Record<string, unknown>
  const id = (number: number): string => `01970000-0000-7000-8000-00000000000${number}`
  const bad = [
    { ...first, id: id(1), title: 'nul \0' },
    { ...first, id: id(2), format: 'exe' },
    { ...first, id: id(3), created_at: '2024-02-31T00:00:00Z' },
    { ...first, id: id(4), metadata: { a: 'x'.repeat(1_100_000) } },
    { ...first, id: id(5), created_at: '9999-12-31' },
    { ...first, id: "'; drop table vault.notes; --" },
  ]
  await writeFile(
    notes,
    `${bad.map((each) => JSON.stringify(each)).join('\n')}\n{"cut of\n${await readFile(notes, 'utf8')}`,
  )
  const link = {
    strength: 1,
    isBidirectional: false,
    sortOrder: null,
    createdAt: first['created_at'],
    deletedAt: null,
    metadata: {},
  }
  const end = (which: unknown, type: string) => ({ id: which, type, sha256: null })
  const links = [
    { ...link, id: id(6), type: 'no_such_type', from: end(first['id'], 'note'), to: end(task.body.id, 'task') },
    { ...link, id: id(7), type: 'related_to', from: end(first['id'], 'task'), to: end(task.body.id, 'task') },
    { ...link, id: id(8), type: 'related_to', from: end(first['id'], 'note'), to: end(id(9), 'note') },
    {
      ...link,
      id: id(9),
      type: 'related_to',
      from: end(first['id'], 'note'),
      to: end(task.body.id, 'task'),
      metadata: { custom: {} },
    },
  ]
  await appendFile(join(out, 'data', 'links.jsonl'), links.map((each) => `${JSON.stringify(each)}\n`).join(''))
  // Tasks below each other in a circle.
  const tasks = join(out, 'data', 'tasks.jsonl')
  const one = JSON.parse((await readFile(tasks, 'utf8')).trim()) as Record<string, unknown>
  const circle = [1, 2].map((number) => ({
    ...one,
    id: id(number),
    parent_task_id: id(3 - number),
    metadata: { custom: { number } },
  }))
  await appendFile(tasks, circle.map((each) => `${JSON.stringify(each)}\n`).join(''))

  const second = await testVault(t)
  const run = await second.import({ paths: [out] })
  const problem = run.problem as unknown as { code: string; details: { count: number } }
  const after = await objectsOf(second)
  assert.deepEqual(after['note'], (await objectsOf(vault))['note'])
  assert.equal(after['task']?.length, 3)
  assert.equal(after['link']?.length, 1)
  assert.deepEqual(
    [run.status, problem.code, problem.details.count],
    ['done', 'export-lines-unreadable', bad.length + 1 + 3],
  )
})
