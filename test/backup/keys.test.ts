import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { mock } from 'node:test'
import { type TestContext, test } from 'vitest'
import type {
  ActivityPage,
  BackupKeyEntry,
  NewBackupAnswer,
  NewBackupKeyAnswer,
  Person,
  Problem,
  SnapshotList,
} from '../../main/contract/index.ts'
import {
  addBackupKey,
  addPerson,
  addRecoveryKey,
  createRepository,
  openRepository,
  removeRepositoryKey,
  restoreVault,
  setPassphrase,
  repositoryKeys,
  type Repository,
} from '../../main/engine/backup/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { ageRecipient, newAgeIdentity } from '../../main/engine/keys/index.ts'
import { coffer } from '../support/coffer.ts'
import { testVault, vaultOver, type TestVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { needsTools } from './postgres.ts'
import { never, passphrase, vaultWithRepository } from './support.ts'

const other = 'another long passphrase'

async function emptyRepository(t: TestContext): Promise<{ folder: string; dir: string; repository: Repository }> {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'backup')
  return { folder, dir, repository: await createRepository(dir, { passphrase }) }
}

const namesOf = async (dir: string): Promise<string[]> => (await repositoryKeys(dir)).map((each) => each.name)
const person = async (): Promise<string> => ageRecipient(await newAgeIdentity())

test(
  'a recovery key and a person let in later restore the backup, with Coffer and with age alone',
  needsTools,
  async (t) => {
    const vault = await vaultWithRepository(t, 3)
    const { repository, repositoryDir } = vault
    await vault.backup()
    const mine = join(vault.folder, 'jürgen.txt')
    execFileSync('age-keygen', ['-o', mine], { stdio: 'ignore' })
    const recipient = execFileSync('age-keygen', ['-y', mine]).toString()
    assert.deepEqual(await addPerson(repository, ' Jürgen Müller ', recipient), { name: 'Jürgen Müller', isNew: true })
    const { recoveryKey } = await addRecoveryKey(repository)
    assert.deepEqual(await repositoryKeys(repositoryDir), [
      { name: 'passphrase', kind: 'passphrase' },
      { name: 'recovery', kind: 'recovery' },
      { name: 'Jürgen Müller', kind: 'person' },
    ])

    const to = join(vault.folder, 'restored')
    const opened = await openRepository(repositoryDir, { identities: [recoveryKey] })
    assert.deepEqual((await restoreVault(opened, to, { signal: never })).lost, [])

    const recovery = join(vault.folder, 'recovery.txt')
    await writeFile(recovery, `${recoveryKey}\n`)
    for (const [identity, file] of [
      [recovery, 'recovery'],
      [mine, 'Jürgen Müller'],
    ] as const) {
      const hand = join(vault.folder, `by hand, ${file}`)
      await mkdir(hand)
      const run = (command: string): string => execFileSync('sh', ['-ec', command], { cwd: hand }).toString()
      run(`age -d -i '${identity}' -o key.txt '${repositoryDir}/keys/${file}.age'`)
      run(`for f in '${repositoryDir}'/data/*/*.age; do age -d -i key.txt "$f" | tar -x; done`)
      assert.equal((await readdir(join(hand, 'originals'))).length, 4)
    }
  },
)

test('what is removed opens nothing, what is replaced opens nothing, and the last way in stays', async (t) => {
  const { folder, dir, repository } = await emptyRepository(t)
  const annas = await newAgeIdentity()
  await addPerson(repository, 'anna', await ageRecipient(annas))
  const first = (await addRecoveryKey(repository)).recoveryKey
  const before = join(folder, 'a copy from before')
  await cp(dir, before, { recursive: true })

  await assert.rejects(addRecoveryKey(repository), { code: 'conflict' })
  await assert.rejects(addPerson(repository, 'ANNA', await person()), { code: 'conflict' })
  assert.equal((await openRepository(dir, { identities: [first] })).id, repository.id, 'a refusal changes nothing')
  const second = await addRecoveryKey(repository, { replaces: true })
  assert.equal(second.isNew, false)
  await assert.rejects(openRepository(dir, { identities: [first] }), { code: 'backup-wrong-key' })
  assert.equal((await openRepository(dir, { identities: [second.recoveryKey] })).id, repository.id)
  // What is said of it where it is replaced: the repository key is the same.
  const fromCopy = await openRepository(before, { identities: [first] })
  assert.equal((await openRepository(dir, { identities: [fromCopy.identity] })).id, repository.id)

  assert.deepEqual(await removeRepositoryKey(repository, 'anna'), { name: 'anna', kind: 'person' })
  await assert.rejects(openRepository(dir, { identities: [annas] }), { code: 'backup-wrong-key' })
  await assert.rejects(removeRepositoryKey(repository, 'anna'), { code: 'not-found' })
  await assert.rejects(removeRepositoryKey(repository, '../repository'), { code: 'not-found' })
  await removeRepositoryKey(repository, 'passphrase')
  await assert.rejects(openRepository(dir, { passphrase }), { code: 'backup-wrong-key' })
  await assert.rejects(removeRepositoryKey(repository, 'recovery'), { code: 'backup-last-key' })
  assert.deepEqual(await namesOf(dir), ['recovery'])

  // One that has keys only gets a passphrase.
  const opened = await openRepository(dir, { identities: [second.recoveryKey] })
  assert.deepEqual(await setPassphrase(opened, other), { name: 'passphrase', isNew: true })
  await removeRepositoryKey(opened, 'recovery')
  assert.equal((await openRepository(dir, { passphrase: other })).id, repository.id)
  assert.deepEqual(await readdir(join(dir, 'tmp')), [])
})

test('two that each remove another way in leave one', async (t) => {
  const { folder, dir, repository } = await emptyRepository(t)
  for (let round = 0; round < 10; round += 1) {
    await addRecoveryKey(repository, { replaces: true })
    await setPassphrase(repository, passphrase)
    const done = await Promise.allSettled([
      removeRepositoryKey(repository, 'recovery'),
      removeRepositoryKey(repository, 'passphrase'),
    ])
    assert.deepEqual(done.map((each) => each.status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal((await namesOf(dir)).length, 1)
  }
  // Of two programs too.
  const { recoveryKey } = await addRecoveryKey(repository, { replaces: true })
  await setPassphrase(repository, passphrase)
  const identity = join(folder, 'recovery.txt')
  await writeFile(identity, recoveryKey)
  const codes = await Promise.all(
    ['recovery', 'passphrase'].map(async (name) => {
      const run = await coffer(['--json', 'backup', 'remove-key', dir, name, '--identity', identity])
      return run.code === 0 ? 'done' : run.json<{ error: { code: string } }>().error.code
    }),
  )
  assert.equal((await namesOf(dir)).length, 1)
  const refusals = ['backup-locked', 'backup-last-key', 'backup-wrong-key']
  assert.deepEqual(codes.map((code) => (refusals.includes(code) ? 'refused' : code)).toSorted(), ['done', 'refused'])
})

test('a lock that is being written is no void one', async (t) => {
  const { dir, repository } = await emptyRepository(t)
  await addRecoveryKey(repository)
  const lock = join(dir, 'writer.lock')
  await writeFile(lock, '')
  mock.timers.enable({ apis: ['setTimeout'] })
  t.onTestFinished(() => mock.timers.reset())
  const removal = removeRepositoryKey(repository, 'recovery').then(
    () => 'removed',
    (error: { code: string }) => error.code,
  )
  // It has looked by then.
  for (let read = 0; read < 50; read += 1) await readFile(lock)
  await writeFile(
    lock,
    JSON.stringify({ host: hostname(), pid: process.ppid, nonce: 'x', at: new Date().toISOString() }),
  )
  const outcome = await whileTicking(removal)
  assert.equal(outcome, 'backup-locked')
  assert.deepEqual(await namesOf(dir), ['passphrase', 'recovery'])
  await writeFile(lock, '')
  await whileTicking(removeRepositoryKey(repository, 'recovery'))
  assert.deepEqual(await namesOf(dir), ['passphrase'], 'one that never says anything is void')
})

async function whileTicking<T>(work: Promise<T>): Promise<T> {
  const ended = new AbortController()
  const end = work.finally(() => ended.abort())
  while (!ended.signal.aborted) {
    mock.timers.tick(50)
    await new Promise((done) => setImmediate(done))
  }
  return end
}

test('nothing is changed while somebody writes, and a place that is gone is named', async (t) => {
  const { folder, dir, repository } = await emptyRepository(t)
  await addRecoveryKey(repository)
  const lock = await repository.store.lock()
  await assert.rejects(removeRepositoryKey(repository, 'recovery'), { code: 'backup-locked', retry: 'later' })
  await assert.rejects(addRecoveryKey(repository, { replaces: true }), { code: 'backup-locked' })
  await assert.rejects(setPassphrase(repository, other), { code: 'backup-locked' })
  await lock.release()
  assert.equal((await openRepository(dir, { passphrase })).id, repository.id)
  assert.deepEqual(await namesOf(dir), ['passphrase', 'recovery'])
  await rename(dir, `${dir} away`)
  await assert.rejects(repositoryKeys(dir), { code: 'backup-unreachable' })
  await assert.rejects(removeRepositoryKey(repository, 'recovery'), { code: 'backup-unreachable' })
  await assert.rejects(addRecoveryKey(repository), { code: 'backup-unreachable' })
  await assert.rejects(repositoryKeys(folder), { code: 'backup-not-found' })
})

test('a key file that is cut short counts for nothing, and closes the door to nobody', async (t) => {
  const { dir, repository } = await emptyRepository(t)
  const zoes = await newAgeIdentity()
  await addRecoveryKey(repository)
  await addPerson(repository, 'zoe', await ageRecipient(zoes))
  await addPerson(repository, 'anna', await person())
  const annas = join(dir, 'keys', 'anna.age')
  const whole = await readFile(annas)
  await writeFile(annas, whole.subarray(0, whole.length >> 1))
  const copies = join(dir, 'copies', 'keys')
  const [annasCopy = ''] = (await readdir(copies)).filter((name) => name.startsWith('anna.'))
  await writeFile(join(copies, annasCopy), whole.subarray(0, whole.length >> 1))
  const recovery = await readFile(join(dir, 'keys', 'recovery.age'))
  for (const [name, lost] of [
    ['carl', 1],
    ['dora', 70],
  ] as const) {
    await writeFile(join(dir, 'keys', `${name}.age`), recovery.subarray(0, recovery.length - lost))
  }
  await writeFile(join(dir, 'keys', '._recovery.age'), 'what another system keeps of a file')
  await writeFile(join(dir, 'keys', 'ben.age'), '')
  assert.deepEqual(await namesOf(dir), ['passphrase', 'recovery', 'zoe'])
  await removeRepositoryKey(repository, 'passphrase')
  await removeRepositoryKey(repository, 'recovery')
  await assert.rejects(removeRepositoryKey(repository, 'zoe'), { code: 'backup-last-key' })
  assert.equal((await openRepository(dir, { identities: [zoes] })).id, repository.id)
  await addPerson(repository, 'anna', await person())
  assert.deepEqual(await namesOf(dir), ['anna', 'zoe'])
})

test('names are those a file can have on any drive, and keys those that age knows', async (t) => {
  const { dir, repository } = await emptyRepository(t)
  const key = await person()
  for (const name of ['', ' ', '../x', 'a/b', 'a\\b', '.x', 'con', 'LPT1', 'Passphrase', 'Recovery', 'x'.repeat(41)]) {
    await assert.rejects(addPerson(repository, name, key), { code: 'bad-request' }, name)
  }
  for (const bad of ['age1', 'anna', `${key.slice(0, -1)}1`, await newAgeIdentity()]) {
    await assert.rejects(addPerson(repository, 'anna', bad), { code: 'bad-request' })
  }
  for (const name of ['Łukasz', 'анна', '太郎', 'Zoe\u0308', 'person-1']) await addPerson(repository, name, key)
  await assert.rejects(addPerson(repository, 'Zoë', key), { code: 'conflict' })
  await removeRepositoryKey(repository, 'zoë')
  assert.equal((await namesOf(dir)).length, 5)
  const twice = createRepository(`${dir} 2`, { recipients: { Anna: key, anna: key } })
  await assert.rejects(twice, { code: 'bad-request' })
})

async function withBackup(
  t: TestContext,
  input: object,
): Promise<{ vault: TestVault; repo: string; id: string; made: NewBackupAnswer }> {
  const vault = await testVault(t)
  const repo = join(vault.folder, 'usb', 'coffer')
  const made = (await vault.ask<NewBackupAnswer>('POST', '/backups', { path: repo, ...input })).body
  return { vault, repo, id: made.backup.id, made }
}

test('a recovery key that is in its place is answered, whatever fails afterwards', async (t) => {
  const { vault, repo, id } = await withBackup(t, { passphrase })
  const { backup, database } = vault.engine.vault()
  const full: typeof database.asService = (fn) =>
    existsSync(join(repo, 'keys', 'recovery.age')) ? Promise.reject(new Error('disk full')) : database.asService(fn)
  const failing = { ...backup, database: { ...database, asService: full } }
  const user = await database.asService((tx) => tx.one<{ id: string }>('select id from core.users'))
  const input = { kind: 'recovery', replaces: false } as const
  const { keys, recoveryKey } = await addBackupKey(failing, user?.id ?? '', id, input)
  assert.deepEqual(
    keys.map((each) => each.name),
    ['passphrase', 'recovery'],
  )
  assert.ok(await openRepository(repo, { identities: [recoveryKey ?? ''] }))
})

test('over the API ways in are listed, added and removed, told to the window and noted without keys', async (t) => {
  const { vault, repo, id } = await withBackup(t, { passphrase })
  const keys = async (): Promise<BackupKeyEntry[]> =>
    (await vault.get<{ items: BackupKeyEntry[] }>(`/backups/${id}/keys`)).items
  const add = (input: object) => vault.ask<NewBackupKeyAnswer & Problem>('POST', `/backups/${id}/keys`, input)
  assert.deepEqual(await keys(), [{ name: 'passphrase', kind: 'passphrase' }])

  const hearing = new AbortController()
  const heard = Promise.withResolvers<void>()
  const stream = vault.listen((event) => event.includes('"backups"') && heard.resolve(), hearing.signal)
  const made = await add({ kind: 'recovery' })
  await heard.promise
  hearing.abort()
  await stream
  assert.deepEqual([made.status, made.body.keys], [201, await keys()])
  const recoveryKey = made.body.recoveryKey ?? ''
  assert.match(recoveryKey, /^AGE-SECRET-KEY-1/)
  const again = await add({ kind: 'recovery' })
  assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
  const replaced = (await add({ kind: 'recovery', replaces: true })).body.recoveryKey ?? ''

  const recipient = await person()
  assert.equal((await add({ kind: 'person', name: 'Anna B', recipient })).body.recoveryKey, null)
  assert.equal((await add({ kind: 'person', name: 'Ben', recipient: 'age1nobody' })).status, 400)
  assert.equal((await add({ kind: 'passphrase' })).status, 400)
  assert.deepEqual(
    (await keys()).map((each) => each.name),
    ['passphrase', 'recovery', 'Anna B'],
  )

  const elsewhere = startEngine({ stateDir: null })
  t.onTestFinished(() => elsewhere.close())
  const opens = async (key: object): Promise<number> =>
    (await vaultOver(elsewhere, '', '').ask<SnapshotList>('POST', '/restore/snapshots', { path: repo, ...key })).status
  assert.deepEqual(await Promise.all([opens({ identity: replaced }), opens({ identity: recoveryKey })]), [200, 403])

  assert.equal((await vault.ask('DELETE', `/backups/${id}/keys/${encodeURIComponent('Anna B')}`)).status, 204)
  assert.equal((await vault.ask('DELETE', `/backups/${id}/keys/passphrase`)).status, 204)
  assert.equal(await opens({ passphrase }), 403)
  const last = await vault.ask<Problem>('DELETE', `/backups/${id}/keys/recovery`)
  assert.deepEqual([last.status, last.body.code], [409, 'backup-last-key'])
  assert.equal((await vault.ask('DELETE', `/backups/${id}/keys/passphrase`)).status, 404)
  assert.equal((await vault.ask('PATCH', `/backups/${id}`, { passphrase: other })).status, 200)
  assert.equal((await vault.ask('PATCH', `/backups/${id}`, { passphrase })).status, 200)
  assert.equal(await opens({ passphrase }), 200, 'one that has keys only gets a passphrase')

  const { items: entries } = await vault.get<ActivityPage>('/activity')
  assert.deepEqual(
    entries.filter((each) => each.action.startsWith('backups.key-')).map((each) => [each.action, each.details]),
    [
      ['backups.key-replaced', { name: 'passphrase' }],
      ['backups.key-added', { name: 'passphrase' }],
      ['backups.key-removed', { name: 'passphrase' }],
      ['backups.key-removed', { name: 'Anna B' }],
      ['backups.key-added', { name: 'Anna B' }],
      ['backups.key-replaced', { name: 'recovery' }],
      ['backups.key-added', { name: 'recovery' }],
    ],
  )
  const said = JSON.stringify(entries) + (await readFile(join(vault.dir, 'logs', 'engine.log'), 'utf8'))
  for (const secret of [recoveryKey, replaced, recipient, passphrase, other]) assert.ok(!said.includes(secret))
})

test('ways in change only for whom the backup is, with its key, where its drive is', async (t) => {
  const { vault, repo, id, made } = await withBackup(t, { withRecoveryKey: true })
  const added = await vault.ask<Person>('POST', '/users', { username: 'ben', password: 'four quiet green chairs' })
  const [ann, ben] = [await vault.as('ann'), await vault.as('ben', 'four quiet green chairs')]
  const tries = [
    ['GET', `/backups/${id}/keys`],
    ['POST', `/backups/${id}/keys`, { kind: 'recovery', replaces: true }],
    ['DELETE', `/backups/${id}/keys/recovery`],
  ] as const
  const codes = (who: TestVault): Promise<(string | number)[]> =>
    Promise.all(
      tries.map(async ([method, path, body]) => {
        const answer = await who.ask<Partial<Problem>>(method, path, body)
        return answer.body.code ?? answer.status
      }),
    )
  assert.deepEqual(await codes(ben), ['forbidden', 'forbidden', 'forbidden'])
  assert.equal((await ann.ask('PATCH', `/users/${added.body.id}`, { isAdmin: true })).status, 200)
  assert.deepEqual(await codes(ben), ['not-found', 'not-found', 'not-found'])

  vault.engine.vault().backup.keys.clear()
  assert.deepEqual(await codes(ann), [200, 'backup-wrong-key', 'backup-wrong-key'], 'only seeing them needs no key')
  await ann.ask('POST', `/backups/${id}/snapshots`, { identity: made.recoveryKey })
  assert.equal((await ann.ask('POST', `/backups/${id}/keys`, { kind: 'recovery', replaces: true })).status, 201)
  await rename(repo, `${repo} away`)
  assert.deepEqual(await codes(ann), ['backup-unreachable', 'backup-unreachable', 'backup-unreachable'])
})

test('the command line lists, adds and removes ways in', async (t) => {
  const { folder, dir } = await emptyRepository(t)
  const file = join(folder, 'passphrase.txt')
  await writeFile(file, `${passphrase}\n`)
  const run = (verb: string, ...more: string[]) => coffer(['--json', 'backup', verb, dir, ...more])
  const withPassphrase = ['--passphrase-file', file]
  assert.deepEqual((await run('keys')).json(), { keys: [{ name: 'passphrase', kind: 'passphrase' }] })
  const made = (await run('add-key', '--recovery-key', ...withPassphrase)).json<{ name: string; recoveryKey: string }>()
  assert.equal(made.name, 'recovery')
  const identity = join(folder, 'recovery.txt')
  await writeFile(identity, `${made.recoveryKey}\n`)
  const recipient = await person()
  const added = await run('add-key', '--recipient', recipient, '--name', 'Anna B', '--identity', identity)
  assert.deepEqual(added.json(), {
    name: 'Anna B',
    keys: [
      { name: 'passphrase', kind: 'passphrase' },
      { name: 'recovery', kind: 'recovery' },
      { name: 'Anna B', kind: 'person' },
    ],
  })
  for (const wrong of [[], ['--name', 'x'], ['--recipient', recipient], ['--recovery-key', '--name', 'x']]) {
    assert.equal((await run('add-key', ...wrong, ...withPassphrase)).code, 2, wrong.join(' '))
  }
  assert.equal((await run('add-key', '--recovery-key')).code, 2, 'a key is needed to add one')
  const codeOf = async (args: string[]): Promise<string> =>
    (await run(args[0] ?? '', ...args.slice(1))).json<{ error: { code: string } }>().error.code
  assert.equal(await codeOf(['add-key', '--recovery-key', ...withPassphrase]), 'conflict')
  assert.equal(
    (await run('remove-key', 'passphrase', '--identity', identity)).json<{ name: string }>().name,
    'passphrase',
  )
  assert.equal(await codeOf(['keys', ...withPassphrase]), 'backup-wrong-key')
  assert.equal((await run('remove-key', 'anna b', '--identity', identity)).code, 0)
  assert.equal(await codeOf(['remove-key', 'recovery', '--identity', identity]), 'backup-last-key')
  const again = await run('add-key', '--recovery-key', '--replace', '--identity', identity)
  assert.notEqual(again.json<{ recoveryKey: string }>().recoveryKey, made.recoveryKey)
  assert.deepEqual(await namesOf(dir), ['recovery'])
  assert.equal(await codeOf(['list', '--identity', identity]), 'backup-wrong-key')
})
