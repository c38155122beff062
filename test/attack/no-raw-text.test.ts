import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { errorCodes } from '../../main/contract/index.ts'
import { CofferError } from '../../main/engine/base/errors.ts'
import { plainError, plainWords } from '../../main/engine/base/plain-error.ts'
import { SqlError } from '../../main/engine/database/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { problemOf } from '../../main/engine/api/index.ts'
import { exported } from '../export/support.ts'
import { passphrase } from '../backup/support.ts'
import { testVault, vaultOver } from '../support/engine.ts'
import { projectRoot, temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** What systems, drivers and databases say, and no person should have to read. */
const raw = [
  /\bE[A-Z]{3,}\b|\b(XX|58|53)[0-9P]\w\w\b/,
  /errno|syscall|SQLSTATE|node:|\.ts\b|\bat \/|\b(select|insert|update|delete) .* (from|into|set)\b|relation "|constraint "/i,
  /violates|no such file|permission denied|read-only file system|input\/output error|invalid page|file is not a database/i,
  /stack|undefined|\[object/i,
]

function assertPlain(text: string, what: string): void {
  assert.ok(text.length > 20, `${what}: nothing was said: “${text}”`)
  for (const pattern of raw) assert.doesNotMatch(text, pattern, what)
}

test('whatever the system or a server says becomes a sentence with a code', () => {
  for (const code of Object.keys(constants.errno)) {
    const error = Object.assign(new Error(`${code}: something, open '/home/me/x'`), {
      code,
      errno: -1,
      syscall: 'open',
    })
    const plain = plainError(error)
    assertPlain(plain.message, code)
    assert.ok(errorCodes.includes(plain.code))
    assertPlain(JSON.stringify(problemOf(error)), code)
  }
  const common = [
    'ENOSPC',
    'EDQUOT',
    'EACCES',
    'EPERM',
    'EROFS',
    'EIO',
    'ENOENT',
    'EMFILE',
    'EBUSY',
    'ENODEV',
    'EISDIR',
  ]
  for (const code of common)
    assert.notEqual(plainError(Object.assign(new Error(code), { code })).code, 'internal', code)
  for (const state of ['XX001', 'XX002', '53100', '53200', '58030', '58P01', '57P01', '40P01', '55P03', '57014']) {
    const plain = plainError(new SqlError(`ERROR: relation "x" (${state})`, state))
    assertPlain(plain.message, state)
    assert.notEqual(plain.code, 'internal', state)
  }
  for (const state of ['23505', '42P01', '22P02', null]) {
    const plain = plainError(new SqlError('duplicate key value violates unique constraint "x"', state))
    assertPlain(plain.message, String(state))
    assert.equal(plain.code, 'internal')
  }
  for (const thrown of [null, undefined, 7, 'ENOENT', {}, new TypeError('x is undefined'), { code: 7 }]) {
    assertPlain(plainError(thrown).message, typeof thrown)
  }
  for (const words of ['FATAL: could not open file "base/1": Permission denied', 'PANIC: Input/output error']) {
    assertPlain(plainWords(words)?.message ?? '', words)
  }
  const own = new CofferError('Mine.', { code: 'conflict' })
  assert.equal(plainError(own), own)
})

interface Answer {
  readonly code: number | null
  readonly text: string
  readonly error: { readonly code: string; readonly message: string } | null
}

/** The command line as a person without rights runs it, with a home of its own. */
function coffer(home: string, ...args: readonly string[]): Promise<Answer> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(projectRoot, 'main/engine/cli/index.ts'), '--json', ...args],
    {
      cwd: '/',
      env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') },
      ...(isRoot && { uid: nobody, gid: nobody }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let text = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      const answer = JSON.parse(text === '' ? '{}' : text) as { error?: Answer['error'] }
      resolve({ code, text: text + errors, error: answer.error ?? null })
    })
  })
}

/** A folder that belongs to the person without rights. */
async function ownFolder(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t)
  if (isRoot) await chown(folder, nobody, nobody)
  return folder
}

interface Drive {
  readonly folder: string
  [Symbol.asyncDispose](): Promise<void>
}

/** A drive of its own; null where this machine lets nobody mount one. */
async function mountedDrive(...options: readonly string[]): Promise<Drive | null> {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-drive-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    await rmdir(folder)
    return null
  }
  return {
    folder,
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['-l', folder])
      await rmdir(folder)
    },
  }
}

/** Takes all the room there is. */
function fill(file: string): void {
  const fd = openSync(file, 'w')
  for (const size of [1 << 20, 4096, 1]) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size, 1))
    } catch {
      // Full: that is what it is for.
    }
  }
  closeSync(fd)
}

test(
  'places that may not be used are said to be so, by every command',
  { skip: process.platform === 'win32' },
  async (t) => {
    const home = await ownFolder(t)
    const closed = join(home, 'closed')
    await mkdir(closed)
    await writeFile(join(closed, 'secret.txt'), 'passphrase')
    const vault = join(home, 'vault')
    assert.equal((await coffer(home, 'init', vault)).code, 0)
    await chmod(closed, 0)
    const key = join(home, 'key.txt')
    await writeFile(key, `${passphrase}\n`)
    await chmod(key, 0o644)
    const commands: readonly (readonly string[])[] = [
      ['init', join(closed, 'vault')],
      ['init', closed],
      ['status', '--vault', closed],
      ['status', '--vault', join(closed, 'vault')],
      ['init', join(home, 'other'), '--passphrase-file', join(closed, 'secret.txt')],
      ['--vault', vault, 'import', join(closed, 'secret.txt')],
      ['--vault', vault, 'export', closed],
      ['--vault', vault, 'export', join(closed, 'new')],
      ['--vault', vault, 'backup', 'create', closed, '--passphrase-file', key],
      ['--vault', vault, 'backup', 'create', join(closed, 'new'), '--passphrase-file', key],
      ['--vault', vault, 'backup', 'export', join(closed, 'all.tar.age'), '--passphrase-file', key],
      ['backup', 'list', closed, '--passphrase-file', key],
      ['backup', 'restore', closed, '--to', join(home, 'restored'), '--passphrase-file', key],
      ['backup', 'check', closed, '--passphrase-file', join(home, 'not there')],
      ['backup', 'list', join(home, 'nowhere'), '--passphrase-file', key],
    ]
    for (const command of commands) {
      const answer = await coffer(home, ...command)
      const name = command.join(' ').replaceAll(home, '')
      assert.ok(answer.code !== 0, name)
      assertPlain(answer.error?.message ?? '', name)
      assert.notEqual(answer.error?.code, 'internal', `${name}: ${answer.error?.message}`)
    }
    await chmod(closed, 0o700)
    // A folder of the vault itself is no reason to restore a database.
    for (const name of ['database', 'database/base', 'users', 'vault.json', 'database/global/pg_control', 'logs']) {
      if (!existsSync(join(vault, name))) continue
      await chmod(join(vault, name), 0)
      const answer = await coffer(home, 'status', '--vault', vault)
      await chmod(join(vault, name), 0o700)
      if (answer.code === 0) continue
      assertPlain(answer.error?.message ?? '', name)
      assert.equal(answer.error?.code, 'not-permitted', `${name}: ${answer.error?.message}`)
    }
    assert.equal((await coffer(home, 'status', '--vault', vault)).code, 0)
  },
)

test('a drive that is full or read only is said to be so, whatever goes there', async (t) => {
  await using closed = await mountedDrive('ro', 'size=8m')
  await using small = await mountedDrive('size=1m')
  if (!closed || !small) return t.skip('no drive can be mounted here')
  const [readOnly, full] = [closed.folder, small.folder]
  fill(join(full, 'other'))
  const vault = await testVault(t)
  await settledFile(join(vault.folder, 'photo.jpg'), await jpeg(1))
  await vault.import({ paths: [join(vault.folder, 'photo.jpg')] })
  for (const [drive, codes] of [
    [readOnly, /^(read-only|not-permitted)$/],
    [full, /^disk-full$/],
  ] as const) {
    const asked: readonly (readonly [string, string, object])[] = [
      ['POST', '/backups', { path: join(drive, 'deep', 'backup'), passphrase }],
      ['POST', '/vault/create', { path: join(drive, 'vault') }],
      ['POST', '/restore', { path: join(vault.folder, 'none'), passphrase, to: join(drive, 'to') }],
    ]
    for (const [method, path, body] of asked) {
      const answer = await vault.ask<{ title: string; code: string }>(method, path, body)
      assert.ok(answer.status >= 400, path)
      assertPlain(answer.body.title, `${path} on ${drive}`)
      if (path !== '/restore') assert.match(answer.body.code, codes, `${path} on ${drive}: ${answer.body.title}`)
    }
    const out = await exported(vault, join(drive, 'export'))
    assert.equal(out.status, 'failed')
    assertPlain(out.problem ?? '', `an export on ${drive}`)
    const file = await vault.ask<{ title?: string }>('POST', '/backup-file', {
      path: join(drive, 'a.tar.age'),
      passphrase,
    })
    if (file.status >= 400) assertPlain(file.body.title ?? '', `a file on ${drive}`)
    for (;;) {
      const now = await vault.get<{ status: string; problem: string | null }>('/backup-file')
      if (now.status === 'running') await new Promise((resolve) => setTimeout(resolve, 20))
      if (now.status === 'running') continue
      if (now.status === 'failed') assertPlain(now.problem ?? '', `a file on ${drive}`)
      break
    }
  }
})

test('a vault on a disk without one free byte opens, with the room that was set aside', async (t) => {
  await using disk = await mountedDrive('size=120m')
  if (!disk) return t.skip('no drive can be mounted here')
  process.env['COFFER_MIN_FREE_MB'] = '32'
  t.onTestFinished(() => void (process.env['COFFER_MIN_FREE_MB'] = '4'))
  const dir = join(disk.folder, 'vault')
  const engine = startEngine({ stateDir: null })
  await engine.create(dir, { username: 'ann' })
  await engine.close()
  assert.ok(existsSync(join(dir, 'database.ballast')))
  fill(join(disk.folder, 'other'))
  const again = startEngine({ stateDir: null })
  try {
    await again.open(dir)
    const vault = vaultOver(again, dir, disk.folder)
    const { problems } = await vault.get<{ problems: { code: string; message: string }[] }>('/status')
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['disk-full'],
    )
  } finally {
    await again.close()
  }
})

test('pages of the database that the disk gives back otherwise are damage, in a sentence', async (t) => {
  const vault = await testVault(t)
  for (let number = 0; number < 3; number += 1) {
    await settledFile(join(vault.folder, `${number}.jpg`), await jpeg(number))
  }
  await vault.import({ paths: [vault.folder].map((folder) => join(folder, '0.jpg')) })
  const { database } = vault.engine.vault()
  const row = await database.asOwner((tx) =>
    tx.one<{ path: string }>(`select pg_relation_filepath('vault.media') as path`),
  )
  await vault.engine.close()
  const file = await open(join(vault.dir, 'database', row?.path ?? ''), 'r+')
  await file.write(Buffer.alloc(2000, 0x5a), 0, 2000, 6000)
  await file.close()
  const engine = startEngine({ stateDir: null })
  t.onTestFinished(() => engine.close())
  await engine.reopen(vault.dir)
  const state = engine.state()
  assert.equal(state.state, 'none')
  assertPlain(state.state === 'none' ? (state.problem ?? '') : '', 'flipped pages')
  assert.match(state.state === 'none' ? (state.problem ?? '') : '', /restore the database from a backup/)
})

test('a vault that lost its vault.json is written no new one over it, and doctor brings it back', async (t) => {
  const home = await ownFolder(t)
  const dir = join(home, 'vault')
  const ask = (...args: readonly string[]): Promise<Answer> => coffer(home, ...args)
  assert.equal((await ask('init', dir, '--name', 'Ours')).code, 0)
  for (const spoil of [() => rm(join(dir, 'vault.json')), () => writeFile(join(dir, 'vault.json'), '{"id": 7')]) {
    await spoil()
    const lost = await ask('status', '--vault', dir)
    assert.deepEqual([lost.code, lost.error?.code], [1, 'vault-damaged'])
    assert.match(lost.error?.message ?? '', /doctor/)
    assert.ok(['vault-not-empty', 'vault-damaged'].includes((await ask('init', dir)).error?.code ?? ''))
    const mended = await ask('doctor', '--vault', dir)
    assert.match(mended.text, /has been recreated/)
    assert.equal((await ask('status', '--vault', dir)).code, 0)
  }
})

test('originals that are gone are no “no problems”, and what came back is forgiven at once', async (t) => {
  const vault = await testVault(t)
  const away = join(vault.folder, 'drive')
  await mkdir(away)
  await settledFile(join(away, 'photo.jpg'), await jpeg(1))
  await settledFile(join(vault.folder, 'kept.jpg'), await jpeg(2))
  await vault.import({ paths: [join(away, 'photo.jpg')], reference: true })
  await vault.import({ paths: [join(vault.folder, 'kept.jpg')] })
  const codes = async (): Promise<string[]> =>
    (await vault.get<{ problems: { code: string }[] }>('/status')).problems.map(({ code }) => code)
  const without = (list: readonly string[]): string[] => list.filter((code) => code !== 'disk-full')
  assert.deepEqual(without(await codes()), [])
  const [user = ''] = await readdir(join(vault.dir, 'users'))
  await rename(join(vault.dir, 'users', user, 'media'), join(vault.folder, 'media aside'))
  assert.deepEqual(without(await codes()), ['original-damaged'])
  await rename(join(vault.folder, 'media aside'), join(vault.dir, 'users', user, 'media'))
  assert.deepEqual(without(await codes()), [])
  // A drive that was away when its photo was looked at.
  await vault.engine
    .vault()
    .database.asService((tx) =>
      tx.execute(
        `insert into meta.scrubs (media_id, user_id, problem) select id, user_id, 'missing' from vault.media where storage = 'reference'`,
      ),
    )
  await rename(away, `${away} unplugged`)
  assert.deepEqual(without(await codes()), ['original-damaged'])
  await rename(`${away} unplugged`, away)
  assert.deepEqual(without(await codes()), [])
})
