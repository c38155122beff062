import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { createRepository, openRepository, setPassphrase, addRepositoryKey } from '../../main/engine/backup/index.ts'
import { temporaryFolder } from '../support/folders.ts'
import { needsTools, postgres, readable } from './postgres.ts'
import { passphrase, vaultWithRepository } from './support.ts'

test('a backup is restored with age, tar and psql alone', needsTools, async (t) => {
  const vault = await vaultWithRepository(t, 6)
  const recovery = join(vault.folder, 'recovery.txt')
  execFileSync('age-keygen', ['-o', recovery], { stdio: 'ignore' })
  const recipient = execFileSync('age-keygen', ['-y', recovery]).toString().trim()
  await addRepositoryKey(vault.repository, 'recovery', recipient)
  await vault.ask('POST', '/albums', { name: 'Łódź' })
  await vault.backup()

  const hand = join(vault.folder, 'by hand')
  await mkdir(hand)
  const run = (command: string): string => execFileSync('sh', ['-ec', command], { cwd: hand }).toString()
  run(`age -d -i '${recovery}' -o key.txt '${vault.repositoryDir}/keys/recovery.age'`)
  run(`for f in '${vault.repositoryDir}'/data/*/*.age; do age -d -i key.txt "$f" | tar -x; done`)
  run(`age -d -i key.txt '${vault.repositoryDir}'/snapshots/*.age | tar -xz`)
  run('sh place.sh')
  const files = (await readFile(join(hand, 'files.jsonl'), 'utf8')).trim().split('\n')
  assert.equal(files.length, 7)
  for (const line of files) {
    const { sha256, path } = JSON.parse(line) as { sha256: string; path: string }
    assert.equal(
      createHash('sha256')
        .update(await readFile(join(hand, path)))
        .digest('hex'),
      sha256,
    )
  }

  const psql = await postgres(t)
  psql(['-v', 'ON_ERROR_STOP=1', '-q', '-f', await readable(join(hand, 'database.sql'))])
  assert.equal(psql(['-Atc', 'select count(*) from vault.media']).trim(), '7')
  assert.equal(psql(['-Atc', 'select name from vault.albums']).trim(), 'Łódź')
  assert.equal(
    psql(['-Atc', 'select sum(media_count) from read.media_day_counts']).trim(),
    '7',
    'counts are not counted twice',
  )
  psql(['-v', 'ON_ERROR_STOP=1', '-qc', `insert into vault.albums (user_id, name) select id, 'after' from core.users`])
})

test(
  'a key that age made opens the repository, and a changed passphrase leaves the data alone',
  needsTools,
  async (t) => {
    const folder = await temporaryFolder(t)
    const key = join(folder, 'key.txt')
    execFileSync('age-keygen', ['-o', key], { stdio: 'ignore' })
    const recipient = execFileSync('age-keygen', ['-y', key]).toString().trim()
    const dir = join(folder, 'backup')
    const made = await createRepository(dir, { passphrase, recipients: { anna: recipient } })
    const identity = /AGE-SECRET-KEY-1\w+/.exec(await readFile(key, 'utf8'))?.[0] ?? ''
    assert.equal((await openRepository(dir, { identities: [identity] })).id, made.id)
    const before = await readFile(join(dir, 'repository.age'))
    await setPassphrase(made, 'another long passphrase')
    assert.deepEqual(await readFile(join(dir, 'repository.age')), before)
    assert.equal((await openRepository(dir, { passphrase: 'another long passphrase' })).id, made.id)
    await assert.rejects(openRepository(dir, { passphrase }), { code: 'backup-wrong-key' })
    // A file that age itself wrote for the repository is read as well.
    const about = join(folder, 'about.json')
    await writeFile(about, JSON.stringify({ format: 1, id: made.id }))
    await rm(join(dir, 'repository.age'))
    execFileSync('age', ['-r', made.recipient, '-o', join(dir, 'repository.age'), about])
    assert.equal((await openRepository(dir, { passphrase: 'another long passphrase' })).id, made.id)
  },
)
