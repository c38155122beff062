import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRepository, openRepository, setPassphrase, addWayIn } from '../../main/engine/backup/index.ts'
import { temporaryFolder } from '../support/folders.ts'
import { passphrase, vaultWithRepository } from './support.ts'

/** Where a program is, also where Debian hides PostgreSQL's; null when it is not installed. */
function find(name: string): string | null {
  const places = spawnSync('sh', [
    '-c',
    `command -v ${name} || ls /usr/lib/postgresql/*/bin/${name} 2>/dev/null | tail -1`,
  ])
  return places.stdout.toString().trim() || null
}

const missing = ['age', 'age-keygen', 'tar', 'psql', 'initdb', 'pg_ctl', 'runuser'].filter(
  (name) => find(name) === null,
)
const needsTools = missing.length === 0 ? {} : { skip: `not installed here: ${missing.join(', ')}` }

test('a backup is restored with age, tar and psql alone', needsTools, async (t) => {
  const vault = await vaultWithRepository(t, 6)
  const recovery = join(vault.folder, 'recovery.txt')
  execFileSync('age-keygen', ['-o', recovery], { stdio: 'ignore' })
  const recipient = execFileSync('age-keygen', ['-y', recovery]).toString().trim()
  await addWayIn(vault.repository, 'recovery', recipient)
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

/** A copy that the server's own user may read. */
async function readable(path: string): Promise<string> {
  const copy = join('/tmp', `coffer-${process.pid}.sql`)
  await cp(path, copy)
  await chmod(copy, 0o644)
  return copy
}

/** A real PostgreSQL of its own, on a socket only; it refuses root, so it runs as another user. */
async function postgres(t: { after(fn: () => unknown): void }): Promise<(args: readonly string[]) => string> {
  const dir = join('/tmp', `coffer-pg-${process.pid}`)
  await mkdir(dir, { mode: 0o755 })
  const isRoot = userInfo().uid === 0
  const user = isRoot ? 'nobody' : userInfo().username
  if (isRoot) {
    const [uid = '0', gid = '0'] = ['-u', '-g'].map((which) => execFileSync('id', [which, user]).toString().trim())
    await chown(dir, Number(uid), Number(gid))
  }
  const as = (name: string, args: readonly string[]): string => {
    const program = find(name) ?? name
    const [command, ...rest] = isRoot ? ['runuser', '-u', user, '--', program, ...args] : [program, ...args]
    return execFileSync(command ?? '', rest, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/tmp' }).toString()
  }
  as('initdb', ['-D', join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  const options = `-c listen_addresses='' -c unix_socket_directories='${dir}'`
  as('pg_ctl', ['-D', join(dir, 'data'), '-o', options, '-l', join(dir, 'log'), '-w', 'start'])
  t.after(async () => {
    as('pg_ctl', ['-D', join(dir, 'data'), '-m', 'immediate', 'stop'])
    await rm(dir, { recursive: true, force: true })
    for (const name of await readdir('/tmp')) {
      if (name === `coffer-${process.pid}.sql`) await rm(join('/tmp', name))
    }
  })
  as('psql', ['-h', dir, '-U', 'postgres', '-qc', 'create database coffer'])
  return (args) => as('psql', ['-h', dir, '-U', 'postgres', '-d', 'coffer', ...args])
}
