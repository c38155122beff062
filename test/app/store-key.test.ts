/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startApp, type RunningApp } from './electron.ts'
import { withKeyStore, withShell } from './key-store.ts'

describe('the key that guards other keys', { timeout: 120_000, skip: withShell }, () => {
  let folder = ''
  let stateDir = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coffer-store-key-'))
    stateDir = join(folder, 'state')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const file = (): string => join(stateDir, 'store-key.bin')
  async function startAndEnd(seal: string, look: (app: RunningApp) => Promise<void> = async () => {}): Promise<Buffer> {
    const app = await startApp({ stateDir, starter: withKeyStore(folder, { seal }) })
    try {
      await app.window.getByRole('button', { name: 'Create vault' }).waitFor()
      await look(app)
    } finally {
      await app.electron.close()
    }
    return readFile(file())
  }

  let first: Buffer
  test('is made at the first start, sealed, and given to the engine where no one else reads it', async () => {
    first = await startAndEnd('one', async (app) => {
      const kept = await readFile(file())
      const key = Buffer.from(kept.subarray('one:'.length).map((byte) => byte ^ 0x5a)).toString()
      assert.match(key, /^[0-9a-f]{64}$/)
      if (process.platform !== 'linux') return
      assert.equal((await stat(file())).mode & 0o077, 0)
      const pid = app.electron.process().pid ?? 0
      assert.ok(!processesBelow(pid).some((text) => text.includes(key)), 'no argument or variable has it')
      for (const each of await readdir(stateDir, { recursive: true, withFileTypes: true })) {
        if (!each.isFile() || !/\.(log|json)$/.test(each.name)) continue
        assert.ok(!(await readFile(join(each.parentPath, each.name), 'utf8')).includes(key), each.name)
      }
    })
  })

  test('is the same at the next start', async () => {
    assert.deepEqual(await startAndEnd('one'), first)
  })

  test('is made again when the system has another key store, and the old one is set aside', async () => {
    assert.notDeepEqual(await startAndEnd('two'), first)
    assert.deepEqual(await readFile(`${file()}.unreadable`), first)
  })

  test('is not made where the key store keeps no secrets', async () => {
    const plain = join(folder, 'plain')
    const starter = withKeyStore(folder, { seal: 'plain', backend: 'basic_text' })
    const app = await startApp({ stateDir: plain, starter })
    await app.window.getByRole('button', { name: 'Create vault' }).waitFor()
    await app.electron.close()
    assert.equal(existsSync(join(plain, 'store-key.bin')), process.platform !== 'linux')
  })
})

/** The arguments and variables of a process and all its children. */
function processesBelow(pid: number): readonly string[] {
  const text = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const parents = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = [pid]
  for (const parent of below) for (const [child, of] of parents) if (of === parent && child) below.push(child)
  return below.map((each) => {
    try {
      return execFileSync('cat', [`/proc/${each}/cmdline`, `/proc/${each}/environ`], { encoding: 'utf8' })
    } catch {
      return ''
    }
  })
}
