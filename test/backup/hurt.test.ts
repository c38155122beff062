import assert from 'node:assert/strict'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import type { DoctorReport, NewBackupAnswer, Status, Verified } from '../../main/contract/index.ts'
import { restoreVault, scrub } from '../../main/engine/backup/index.ts'
import { coffer } from '../support/coffer.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

async function vaultWithPhotos(t: TestContext) {
  const vault = await vaultWithRepository(t, 2)
  const { database } = vault.engine.vault()
  const rows = await database.asService((tx) =>
    tx.query<{ filename: string; path: string }>(
      `select filename, file_path as path from vault.media order by filename`,
    ),
  )
  const pathOf = (name: string): string => join(vault.dir, rows.find((row) => row.filename === name)?.path ?? '')
  const photo = pathOf('photo 0.jpg')
  const good = await readFile(photo)
  const bad = Buffer.from(good)
  bad[50] = (bad[50] ?? 0) ^ 1
  const said = async (): Promise<string> =>
    (await vault.get<Status>('/status')).problems.map((each) => each.message).join(' ')
  const doctor = async (key = {}): Promise<DoctorReport> => (await vault.ask<DoctorReport>('POST', '/doctor', key)).body
  const backUp = async (): Promise<string> => {
    const repo = join(vault.folder, 'usb')
    const { body } = await vault.ask<NewBackupAnswer>('POST', '/backups', { path: repo, passphrase })
    await vault.ask('POST', `/backups/${body.backup.id}/runs`, {})
    await vault.engine.vault().jobs.settled()
    return repo
  }
  /** As where the system keeps no keys and Coffer was started again. */
  const forgetKeys = () => vault.engine.vault().backup.keys.clear()
  return { ...vault, photo, good, bad, said, doctor, backUp, forgetKeys }
}

test('what verify finds, status says and doctor heals; each clears what it sees whole', async (t) => {
  const vault = await vaultWithPhotos(t)
  await vault.backUp()
  await writeFile(vault.photo, vault.bad)
  const found = (await vault.ask<Verified>('POST', '/verify')).body
  assert.equal(found.damaged.length, 1)
  assert.match(await vault.said(), /1 original is missing or damaged\. Run “coffer doctor”/)
  await vault.ask('POST', '/verify?quick=true')
  assert.match(await vault.said(), /1 original is/, 'a look that reads no bytes forgives nothing')
  const healed = await vault.doctor()
  assert.deepEqual([healed.repaired.length, healed.problems], [1, []])
  assert.match(healed.repaired.join(' '), /Restored 1 original/)
  assert.deepEqual(await readFile(vault.photo), vault.good)
  assert.equal(await vault.said(), '')

  await writeFile(vault.photo, vault.bad)
  await vault.ask('POST', '/verify')
  await writeFile(vault.photo, vault.good)
  await vault.ask('POST', '/verify')
  assert.equal(await vault.said(), '', 'seen whole again')
})

test('doctor tells apart: no backup has it, it needs its key, it cannot be reached', async (t) => {
  const vault = await vaultWithPhotos(t)
  await writeFile(vault.photo, vault.bad)
  await vault.ask('POST', '/verify')
  const none = await vault.doctor()
  assert.match(none.problems.map((each) => each.message).join(), /is damaged\. No backup has it\./)
  assert.match(await vault.said(), /No backup has them/)

  await writeFile(vault.photo, vault.good)
  const repo = await vault.backUp()
  await writeFile(vault.photo, vault.bad)
  await vault.ask('POST', '/verify')
  vault.forgetKeys()
  const locked = await vault.doctor()
  assert.match(locked.problems.map((each) => each.message).join(), /its passphrase is needed/)
  assert.match(await vault.said(), /its passphrase is needed/)
  await rename(repo, `${repo} away`)
  const away = await vault.doctor({ passphrase })
  assert.match(away.problems.map((each) => each.message).join(), /cannot be reached\. Connect its drive/)
  await rename(`${repo} away`, repo)
  const healed = await vault.doctor({ passphrase })
  assert.deepEqual(healed.problems, [])
  assert.deepEqual(await readFile(vault.photo), vault.good)
  assert.equal(await vault.said(), '')
})

test('coffer doctor --passphrase-file heals where the system keeps no key', async (t) => {
  const vault = await vaultWithPhotos(t)
  await vault.backUp()
  await rm(vault.photo)
  await vault.engine.close()
  const file = join(vault.folder, 'passphrase')
  await writeFile(file, `${passphrase}\n`)
  const open = ['--vault', vault.dir, '--json']
  const verified = await coffer([...open, 'verify'])
  assert.equal(verified.code, 3)
  const without = await coffer([...open, 'doctor'])
  assert.equal(without.code, 3, without.stdout)
  const healed = await coffer([...open, 'doctor', '--passphrase-file', file])
  assert.equal(healed.code, 0, healed.stdout)
  assert.deepEqual(await readFile(vault.photo), vault.good)
  assert.equal((await coffer([...open, 'verify'])).code, 0)
})

test('small pictures that are not there are no damage, and a restored vault makes them by itself', async (t) => {
  const vault = await vaultWithPhotos(t)
  await vault.backup()
  const to = join(vault.folder, 'restored')
  await restoreVault(vault.repository, to, { signal: never })
  const first = await coffer(['--vault', to, '--json', 'verify'])
  assert.equal(first.code, 0, first.stdout)
  const found = first.json<Verified>()
  assert.deepEqual([found.missing, found.damaged, found.orphans], [[], [], []])
})

test('the daily look heals and notes like everybody else', async (t) => {
  const vault = await vaultWithPhotos(t)
  await writeFile(vault.photo, vault.bad)
  const { backup } = vault.engine.vault()
  assert.deepEqual(
    (await scrub(backup, never, 0)).damaged.map((each) => each.isHealed),
    [false],
  )
  assert.match(await vault.said(), /No backup has them/)
})
