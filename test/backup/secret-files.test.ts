import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { listen } from '../../main/engine/engine.ts'
import { openRepository } from '../../main/engine/backup/index.ts'
import { coffer, type Run } from '../support/coffer.ts'
import { testVault } from '../support/engine.ts'
import { projectRoot } from '../support/folders.ts'

const text = 'Zürich façade Ärger 29'
const cli = join(projectRoot, 'main/engine/cli')

async function openVault(t: TestContext) {
  const vault = await testVault(t)
  const server = await listen(vault.engine)
  t.onTestFinished(() => server.close())
  const file = async (name: string, bytes: Buffer): Promise<string> => {
    await writeFile(join(vault.folder, name), bytes)
    return join(vault.folder, name)
  }
  const run = (...args: string[]): Promise<Run> => coffer([...args, '--json', '--vault', vault.dir])
  return { ...vault, file, run, repo: join(vault.folder, 'usb') }
}

test('a passphrase from any text file is the one that is typed', { timeout: 400_000 }, async (t) => {
  const { run, file, repo } = await openVault(t)
  const wide = await file('notepad.txt', Buffer.from(`\uFEFF${text}\r\n`, 'utf16le'))
  const made = await run('backup', 'create', repo, '--passphrase-file', wide)
  assert.equal(made.code, 0, made.stdout)
  for (const typed of [text, text.normalize('NFD')]) assert.ok(await openRepository(repo, { passphrase: typed }))
  for (const bytes of [Buffer.from(`\uFEFF${text}`), Buffer.from(`${text.normalize('NFD')}\n`)]) {
    const listed = await run('backup', 'list', repo, '--passphrase-file', await file('other.txt', bytes))
    assert.equal(listed.code, 0, listed.stdout)
  }
  const piped = await typedInto(['backup', 'list', repo, '--passphrase-file', '-', '--json'], `${text}\n`)
  assert.equal(piped, 0)
})

test('each option that reads a secret refuses what could be misread', { timeout: 500_000 }, async (t) => {
  const { run, file, repo, folder } = await openVault(t)
  const good = await file('good', Buffer.from(text))
  const bad = await file('bad', Buffer.from(`${text}\n`, 'latin1'))
  await run('backup', 'create', repo, '--passphrase-file', good)
  const repoVerbs = ['list', 'check', 'prove', 'forget', 'prune', 'keys', 'create'] as const
  // The stored keys are asked for only by a command that opens the vault itself, a password only where there is one.
  const closed = join(folder, 'closed')
  assert.equal((await run('init', closed, '--passphrase-file', good)).code, 0)
  const commands: readonly (readonly string[])[] = [
    ['status', '--vault', closed, '--password-file', bad],
    ['status', '--vault', closed, '--password-file', good, '--key-file', bad],
    ['init', join(folder, 'new'), '--passphrase-file', bad],
    ['users', 'add', 'ben', '--passphrase-file', bad],
    ['users', 'passwd', 'ann', '--passphrase-file', bad],
    ['stored-keys', 'set', '--passphrase-file', bad],
    ...repoVerbs.flatMap((verb) => [
      ['backup', verb, repo, '--passphrase-file', bad],
      ['backup', verb, repo, '--identity', bad],
    ]),
    ['backup', 'restore', repo, '--to', join(folder, 'again'), '--passphrase-file', bad],
    ['backup', 'export', join(folder, 'one.age'), '--passphrase-file', bad],
    ['backup', 'passphrase', repo, '--passphrase-file', good, '--new-passphrase-file', bad],
  ]
  for (const command of commands) {
    const ran = await (command.includes('--vault') ? coffer([...command, '--json']) : run(...command))
    const { code, message } = ran.json<{ error: { code: string; message: string } }>().error
    assert.deepEqual([ran.code, code], [1, 'file-unreadable'], command.join(' '))
    assert.match(message, /UTF-8 or UTF-16.*UTF-8\.$/)
  }
  const options = new Set(commands.flat().filter((word) => word.startsWith('--')))
  const offered = (await readFile(join(cli, 'index.ts'), 'utf8')).matchAll(/'(--[a-z-]+) <file>'/g)
  for (const [, option = ''] of offered) assert.ok(options.has(option), `${option} is tried`)
})

test('the command line reads files of secrets in one place', async () => {
  const readers: string[] = []
  for (const name of await readdir(cli, { recursive: true })) {
    if (!name.endsWith('.ts')) continue
    const source = await readFile(join(cli, name), 'utf8')
    if (/\b(?:readFile|createReadStream|openSync)\b|process\.stdin\b(?!\.isTTY)/.test(source)) readers.push(name)
  }
  // client.ts reads the secret of a running engine.
  assert.deepEqual(readers.toSorted(), ['client.ts', 'secrets.ts'])
})

function typedInto(args: readonly string[], input: string): Promise<number | null> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(cli, 'index.ts'), ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Left open on purpose: one line is enough.
  child.stdin.write(input)
  return new Promise((done) => {
    child.on('close', (code) => done(code))
  })
}
