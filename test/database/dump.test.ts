import assert from 'node:assert/strict'
import { test } from 'vitest'
import { createFromDump, type Database } from '../../main/engine/database/index.ts'
import { temporaryFolder } from '../support/folders.ts'
import { atEnd, newVault } from './support.ts'

async function dumpOf(
  database: Database,
): Promise<{ text: string; tables: Readonly<Record<string, number>>; schemaVersion: number }> {
  let text = ''
  const dumped = await database.snapshot((tx) =>
    tx.dump(async (part) => {
      text += part.toString()
    }),
  )
  return { text, ...dumped }
}

/** Cut where a disk might, also in the middle of a table. */
async function* linesOf(text: string): AsyncGenerator<readonly string[]> {
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 700) yield lines.slice(at, at + 700)
}

test('a dump loaded into a new vault is the same database', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const odd = 'tab\tline\nback\\slash \\N \\. “Łódź” \u0001 \b \f \v \\b end'
  await database.write(users[0], async (tx) => {
    await tx.execute(
      `insert into vault.albums (user_id, name, description, metadata) values ($1, $2, null, $3::jsonb)`,
      [users[0], odd, JSON.stringify({ odd })],
    )
    await tx.execute(
      `insert into vault.albums (user_id, name) select $1, 'album ' || n from generate_series(1, 3000) n`,
      [users[0]],
    )
  })
  const before = await dumpOf(database)
  assert.equal(before.tables['vault.albums'], 3001)
  // As every backup so far has them, and its checksums: COPY by itself would write \b, \f, \v and a single t for true.
  assert.ok(before.text.includes('“Łódź” \u0001 \b \f \v \\\\b end'))
  assert.match(before.text, /copy core\.users [^]*?\ttrue\t[^]*?\n\\\.\n/)
  const dir = await temporaryFolder(t)
  const file = { id: '0197a000-0000-7000-8000-000000000001', name: 'copy', createdAt: new Date().toISOString() }
  const loaded = await createFromDump({
    vaultDir: dir,
    file,
    schemaVersion: before.schemaVersion,
    lines: linesOf(before.text),
  })
  atEnd(t, () => loaded.close())
  const after = await dumpOf(loaded)
  const rows = (text: string): string[] => text.slice(text.indexOf('\n-- rows')).split('\n').toSorted()
  assert.deepEqual(rows(after.text), rows(before.text))
  assert.deepEqual(after.tables, before.tables)
  const seen = await loaded.read(users[0] ?? '', (tx) =>
    tx.one<{ description: null }>(`select description from vault.albums where name = $1`, [odd]),
  )
  assert.deepEqual(seen, { description: null })
  await loaded.write(users[0] ?? '', (tx) =>
    tx.execute(`insert into vault.albums (user_id, name) values ($1, 'new')`, [users[0]]),
  )
})

test('a dump that is cut off leaves no vault', async (t) => {
  const { database } = await newVault(t)
  const { text, schemaVersion } = await dumpOf(database)
  const dir = await temporaryFolder(t)
  const file = { id: '0197a000-0000-7000-8000-000000000001', name: 'copy', createdAt: new Date().toISOString() }
  const cut = text.slice(0, text.lastIndexOf('commit;'))
  await assert.rejects(createFromDump({ vaultDir: dir, file, schemaVersion, lines: linesOf(cut) }), {
    code: 'backup-damaged',
  })
})
