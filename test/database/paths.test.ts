import assert from 'node:assert/strict'
import { test } from 'vitest'
import { pathText } from '../../main/engine/base/path-text.ts'
import { newVault } from './support.ts'

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))))

/** Paths as a vault of before held them: bytes beside a text that does not bring them back. */
const paths = [
  bytes('/a/M', 0xfc, 'ller.jpg'),
  bytes('/a/', 0xed, 0xa0, 0x80, '.jpg'),
  bytes('/a/cut', 0xe2, 0x82, '.jpg'),
  bytes('/a/over', 0xc0, 0xaf, '.jpg'),
  bytes('/a/😀', 0xff, 'é.jpg'),
  bytes('/a/\uFDD0\uFDDF', 0xfe, '.jpg'),
]
const plain = ['/a/Müller.jpg', '/a/digit \uFDD3.jpg', '/a/\uFFFD.jpg']

test('paths and sentences of before become path text and reasons, and go back to what they were', async (t) => {
  const { database } = await newVault(t)
  await database.rollback(49)
  await database.asService(async (tx) => {
    const user = await tx.one<{ id: string }>(`insert into core.users (username) values ('paula') returning id`)
    const run = await tx.one<{ id: string }>(
      `insert into meta.imports (user_id, paths, problem) values ($1, '[]', 'Something of before.') returning id`,
      [user?.id],
    )
    const media = await tx.one<{ id: string }>(
      `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash, storage)
       values ($1, 'x', 'photo', 'image/jpeg', 1, $2, repeat('a', 64), 'reference') returning id`,
      [user?.id, paths[0]?.toString('utf8')],
    )
    const rows = [
      ...paths.map((raw) => ({ text: raw.toString('utf8'), raw })),
      ...plain.map((text) => ({ text, raw: null })),
    ]
    for (const [at, { text, raw }] of rows.entries()) {
      const hex = raw === null ? null : raw.toString('hex')
      const reason = at === 0 ? 'It was read together with a.b.jpg.' : at === 1 ? 'The file is empty (0 bytes).' : null
      await tx.execute(
        `insert into meta.import_items (import_id, user_id, path, path_raw, root, outcome, reason)
         values ($1, $2, $3, decode($4, 'hex'), '/', 'failed', $5)`,
        [run?.id, user?.id, text, hex, reason],
      )
      await tx.execute(
        `insert into vault.media_sources (user_id, media_id, path, path_raw, size_bytes, mtime_ns, ctime_ns, inode)
         values ($1, $2, $3, decode($4, 'hex'), 1, 1, 1, '')`,
        [user?.id, media?.id, text, hex],
      )
    }
  })
  const readAll = (table: string) =>
    database.asService((tx) => tx.query<Record<string, unknown>>(`select * from ${table} order by 1`))
  const before = await readAll('meta.import_items')
  await database.migrate()
  const wanted = [...paths.map(pathText), ...plain.map(pathText)]
  for (const table of ['meta.import_items', 'vault.media_sources']) {
    const rows = await database.asService((tx) => tx.query<{ path: string }>(`select path from ${table}`))
    assert.deepEqual(rows.map((row) => row.path).toSorted(), wanted.toSorted(), table)
  }
  const [media] = await database.asService((tx) =>
    tx.query<{ path: string }>(`select file_path as path from vault.media`),
  )
  assert.equal(media?.path, wanted[0])
  const items = await database.asService((tx) =>
    tx.query<{ reason: unknown }>(`select reason from meta.import_items order by id`),
  )
  assert.deepEqual(
    items.slice(0, 3).map((item) => item.reason),
    [{ code: 'sidecar-read', details: { name: 'a.b.jpg' } }, { code: 'empty', details: {} }, null],
  )
  const [run] = await database.asService((tx) => tx.query<{ problem: unknown }>(`select problem from meta.imports`))
  assert.deepEqual(run?.problem, { code: 'noted', details: { text: 'Something of before.' } })
  await database.rollback(49)
  const after = await readAll('meta.import_items')
  const facts = (rows: readonly Record<string, unknown>[]) => rows.slice(0, paths.length).map((row) => row['path_raw'])
  assert.deepEqual(facts(after), facts(before))
})
