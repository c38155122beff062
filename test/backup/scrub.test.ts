import assert from 'node:assert/strict'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { BackupRun, NewBackupAnswer, Status } from '../../main/contract/index.ts'
import { scrub } from '../../main/engine/backup/index.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

test('a damaged or lost original is named, healed from the backup, and the damaged bytes are kept aside', async (t) => {
  const vault = await vaultWithRepository(t, 3)
  const { backup, database, dir } = vault.engine.vault()
  const rows = await database.asService((tx) =>
    tx.query<{ filename: string; file_path: string }>(`select filename, file_path from vault.media order by filename`),
  )
  const pathOf = (name: string): string => join(dir, rows.find((row) => row.filename === name)?.file_path ?? '')
  const good = await readFile(pathOf('photo 0.jpg'))
  assert.deepEqual(await scrub(backup, never), { checked: 0, damaged: [] }, 'what just came in is not due')
  assert.deepEqual(await scrub(backup, never, 0), { checked: 4, damaged: [] })

  const bad = Buffer.from(good)
  bad[50] = (bad[50] ?? 0) ^ 1
  await writeFile(pathOf('photo 0.jpg'), bad)
  await rm(pathOf('photo 1.jpg'))
  const found = await scrub(backup, never, 0)
  assert.deepEqual(found.damaged.map((each) => [each.problem, each.isHealed]).toSorted(), [
    ['damaged', false],
    ['missing', false],
  ])
  const codes = (await vault.get<Status>('/status')).problems.map((each) => each.code)
  assert.ok(codes.includes('original-damaged'))

  // The backup made before the damage still has them.
  await writeFile(pathOf('photo 0.jpg'), good)
  await writeFile(pathOf('photo 1.jpg'), await readFile(join(vault.source, 'photo 1.jpg')))
  const made = await vault.ask<NewBackupAnswer>('POST', '/backups', { path: join(vault.folder, 'usb'), passphrase })
  await vault.ask<BackupRun>('POST', `/backups/${made.body.backup.id}/runs`, {})
  await vault.engine.vault().jobs.settled()
  await writeFile(pathOf('photo 0.jpg'), bad)
  await rm(pathOf('photo 1.jpg'))
  const healed = await scrub(backup, never, 0)
  assert.deepEqual(
    healed.damaged.map((each) => each.isHealed),
    [true, true],
  )
  assert.deepEqual(await readFile(pathOf('photo 0.jpg')), good)
  assert.deepEqual(await readFile(pathOf('photo 1.jpg')), await readFile(join(vault.source, 'photo 1.jpg')))
  const [user = ''] = await readdir(join(dir, 'users'))
  const [aside = ''] = await readdir(join(dir, 'users', user, 'damaged'))
  assert.deepEqual(await readFile(join(dir, 'users', user, 'damaged', aside)), bad)

  // What was found while no backup was there is healed by the doctor later.
  await writeFile(pathOf('photo 0.jpg'), bad)
  await database.asService((tx) =>
    tx.execute(
      `update meta.scrubs set problem = 'damaged' where media_id in (select id from vault.media where filename = 'photo 0.jpg')`,
    ),
  )
  const doctor = await vault.ask<{ repaired: string[] }>('POST', '/doctor')
  assert.match(doctor.body.repaired.join(' '), /Restored 1 original from a backup/)
  assert.deepEqual(await readFile(pathOf('photo 0.jpg')), good)
})
