import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import type { Person } from '../../main/contract/index.ts'
import { listen, startEngine } from '../../main/engine/engine.ts'
import { coffer, type Run } from '../support/coffer.ts'
import { testVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'

async function vaultWithPassword(t: TestContext) {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'vault')
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), `${text}\n`)
    return join(folder, name)
  }
  const anns = await file('anns', 'a lamp, a ladder, a lake')
  const made = await coffer(['init', dir, '--user', 'ann', '--passphrase-file', anns])
  assert.equal(made.code, 0)
  const run = (...args: string[]): Promise<Run> => coffer([...args, '--json', '--vault', dir])
  return { dir, file, anns, run }
}

const errorOf = (run: Run): string => run.json<{ error: { code: string } }>().error.code

test('a vault with a password asks for it, and takes it from a file only', async (t) => {
  const { dir, file, anns, run } = await vaultWithPassword(t)
  const silent = await run('status')
  assert.deepEqual([silent.code, errorOf(silent)], [1, 'sign-in-needed'])
  const wrong = await run('status', '--password-file', await file('wrong', 'not this one at all'))
  assert.deepEqual([wrong.code, errorOf(wrong)], [1, 'sign-in-failed'])
  assert.equal((await run('status', '--password-file', anns)).code, 0)
  const forgotten = await file('new', 'found again by the owner')
  const recovered = await run('users', 'passwd', 'ANN', '--recover', '--passphrase-file', forgotten)
  assert.deepEqual([recovered.code, recovered.json<object>()], [0, { user: 'ann' }])
  assert.equal(errorOf(await run('status', '--password-file', anns)), 'sign-in-failed')
  const lines = await coffer([
    'sql',
    'select action from core.audit_log order by number desc limit 3',
    '--json',
    '--vault',
    dir,
    '--password-file',
    forgotten,
  ])
  assert.deepEqual(lines.json<{ rows: string[][] }>().rows.flat(), [
    'sessions.started',
    'sessions.failed',
    'users.password-recovered',
  ])
})

test('several people: who is who, who may what, and what each may keep', async (t) => {
  const { dir, file, anns, run } = await vaultWithPassword(t)
  // An engine that stays open answers at once; each command would open the vault for itself otherwise.
  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  const server = await listen(engine)
  t.onTestFinished(() => server.close())
  const ann = (...args: string[]): Promise<Run> => run(...args, '--user', 'ann', '--password-file', anns)
  const bens = await file('bens', 'four quiet green chairs')
  const weak = await file('weak', 'passwordpassword')
  assert.equal(errorOf(await ann('users', 'add', 'cleo', '--passphrase-file', weak)), 'weak-password')
  const added = await ann('users', 'add', 'ben', '--passphrase-file', bens, '--quota', '2GB')
  assert.equal(added.json<Person>().storageQuota, 2_000_000_000)
  assert.equal(errorOf(await run('status')), 'user-unknown')
  assert.equal(errorOf(await run('status', '--user', 'dora')), 'user-unknown')
  const ben = (...args: string[]): Promise<Run> => run(...args, '--user', 'ben', '--password-file', bens)
  const names = (listed: Run): string[] => listed.json<Person[]>().map((each) => each.username)
  assert.deepEqual(names(await ann('users', 'list')), ['ann', 'ben'])
  assert.deepEqual(names(await ben('users', 'list')), ['ben'])
  assert.equal(errorOf(await ben('users', 'quota', 'ben', 'none')), 'forbidden')
  assert.equal((await ann('users', 'quota', 'ben', 'none')).json<Person>().storageQuota, null)
  assert.equal(errorOf(await ann('users', 'quota', 'ben', 'much')), 'wrong-usage')
  const newer = await file('newer', 'another four quiet chairs')
  assert.equal((await ben('users', 'passwd', 'ben', '--passphrase-file', newer)).code, 0)
  assert.equal(errorOf(await ben('status')), 'sign-in-failed')
  assert.equal((await ann('users', 'passwd', 'ben', '--passphrase-file', bens)).code, 0)
  assert.equal((await ben('status')).code, 0)
  assert.equal((await ann('users', 'disable', 'ben')).json<Person>().isActive, false)
  assert.equal(errorOf(await ben('status')), 'user-unknown')
  assert.equal((await ann('users', 'enable', 'ben')).code, 0)
  assert.equal((await ben('users', 'sessions')).json<unknown[]>().length, 1)
})

test('a command signs in to the app that has the vault open, and leaves no session behind', async (t) => {
  const open = await testVault(t)
  const [me] = (await open.get<{ items: Person[] }>('/users')).items
  await open.ask('PUT', `/users/${me?.id}/password`, { password: 'a lamp, a ladder, a lake' })
  const server = await listen(open.engine)
  t.onTestFinished(() => server.close())
  const file = join(open.folder, 'password')
  await writeFile(file, 'a lamp, a ladder, a lake')
  assert.equal((await coffer(['status', '--json', '--vault', open.dir])).code, 1)
  assert.equal((await coffer(['status', '--json', '--vault', open.dir, '--password-file', file])).code, 0)
  const live = await open.engine
    .vault()
    .database.asService((tx) => tx.query(`select 1 as x from core.sessions where ended_at is null`))
  assert.deepEqual(live, [])
  const recover = await coffer(['users', 'passwd', 'ann', '--recover', '--passphrase-file', file, '--vault', open.dir])
  assert.equal(recover.code, 4)
})
