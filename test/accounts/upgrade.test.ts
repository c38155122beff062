import assert from 'node:assert/strict'
import { test } from 'vitest'
import { verifyAudit } from '../../main/engine/objects/index.ts'
import { newVault } from '../database/support.ts'

test('a vault from before has its log chained and its bytes counted, and can step back', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  await database.rollback(9)
  await database.asService(async (tx) => {
    for (const [user, action] of [
      [ann, 'imports.started'],
      [ben, 'albums.created'],
      [ann, 'media.trashed'],
      [null, 'backups.create'],
    ] as const) {
      await tx.execute(`insert into core.audit_log (user_id, action, details) values ($1, $2, '{"count": 2}')`, [
        user,
        action,
      ])
    }
    await tx.execute(
      `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash, storage, deleted_at)
       select $1, 'f', 'photo', 'image/jpeg', 100 * n, 'f', repeat(n::text, 64), case n when 3 then 'reference' else 'vault' end,
         case n when 2 then now() end from generate_series(1, 3) n`,
      [ann],
    )
  })
  await database.migrate()
  const verdict = (user: string) => database.read(user, (tx) => verifyAudit(tx, user))
  assert.deepEqual(
    [await verdict(ann), await verdict(ben)],
    [
      { entries: 2, brokenAt: null },
      { entries: 1, brokenAt: null },
    ],
  )
  const used = await database.asService((tx) =>
    tx.query(`select username, storage_used as used from core.users order by 1`),
  )
  assert.deepEqual(used, [
    { username: 'ann', used: 300 },
    { username: 'ben', used: 0 },
  ])
  await database.rollback(9)
  const lines = await database.asService((tx) =>
    tx.query(`select action, hash from core.audit_log order by id limit 1`),
  )
  assert.deepEqual(lines, [{ action: 'imports.started', hash: null }])
})
