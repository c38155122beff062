import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import type { StoredKeys } from '../../main/contract/index.ts'
import { startEngine, type EngineOptions } from '../../main/engine/engine.ts'
import { coffer } from '../support/coffer.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { temporaryFolder } from '../support/folders.ts'

const passphrase = 'lantern orbit velvet canoe'
const storeKey = '5e'.repeat(32)

async function opened(
  t: TestContext,
  dir: string,
  given: Partial<EngineOptions>,
): Promise<TestVault & { close(): Promise<void> }> {
  const engine = startEngine({ stateDir: null, ...given })
  t.onTestFinished(() => engine.close())
  await engine.open(dir)
  return { ...vaultOver(engine, dir, ''), close: () => engine.close() }
}

async function newVault(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'vault')
  await using engine = startEngine({ stateDir: null })
  await engine.create(dir, { username: 'ann' })
  return dir
}

const connect = (vault: TestVault) =>
  vault.ask<{ id: string }>('POST', '/integrations', {
    platform: 'mastodon',
    username: 'ann',
    access_token: 'secret-1',
  })

test('without a key store a passphrase seals tokens, and opens them again when it is given', async (t) => {
  const dir = await newVault(t)
  const first = await opened(t, dir, {})
  assert.equal((await first.get<StoredKeys>('/stored-keys')).state, 'none')
  assert.equal((await connect(first)).status, 409)
  assert.equal((await first.ask('PUT', '/stored-keys/passphrase', { passphrase: '1234567890' })).status, 400)
  assert.equal((await first.ask('PUT', '/stored-keys/passphrase', { passphrase })).status, 200)
  assert.equal((await connect(first)).status, 201)
  await first.close()

  const locked = await opened(t, dir, {})
  assert.deepEqual(await locked.get('/stored-keys'), { state: 'locked', hasPassphrase: true, hasStore: false })
  assert.equal((await connect(locked)).status, 409)
  assert.equal((await locked.ask('POST', '/stored-keys/unlock', { passphrase: 'not this one' })).status, 403)
  assert.equal((await locked.ask('PUT', '/stored-keys/passphrase', { passphrase })).status, 409)
  assert.equal((await locked.ask('POST', '/stored-keys/unlock', { passphrase })).status, 200)
  assert.equal((await connect(locked)).status, 201)
  await locked.close()

  const forgotten = await opened(t, dir, {})
  const other = { passphrase: 'violet ladder harbor quilt' }
  assert.equal((await forgotten.ask('PUT', '/stored-keys/passphrase', other)).status, 409)
  assert.equal((await forgotten.ask('PUT', '/stored-keys/passphrase', { ...other, startsOver: true })).status, 200)
  assert.equal((await connect(forgotten)).status, 201)
  assert.equal((await forgotten.ask('POST', '/stored-keys/unlock', { passphrase })).status, 403)
  assert.equal((await forgotten.ask('PUT', '/stored-keys/passphrase', { passphrase })).status, 200)
  await forgotten.close()

  const given = await opened(t, dir, { keyPassphrase: passphrase })
  assert.equal((await given.get<StoredKeys>('/stored-keys')).state, 'open')
  await given.close()
  await assert.rejects(opened(t, dir, { keyPassphrase: 'not this one' }), { code: 'vault-key-wrong' })
})

test('a vault that moves to another computer brings its key along under the passphrase', async (t) => {
  const dir = await newVault(t)
  const home = await opened(t, dir, { storeKey })
  assert.equal((await connect(home)).status, 201)
  assert.equal((await home.ask('PUT', '/stored-keys/passphrase', { passphrase })).status, 200)
  const key = home.engine.vault().vaultKey.current()
  await home.close()

  const away = await opened(t, dir, { storeKey: 'ab'.repeat(32) })
  assert.equal((await away.get<StoredKeys>('/stored-keys')).state, 'locked')
  await away.ask('POST', '/stored-keys/unlock', { passphrase })
  assert.equal(away.engine.vault().vaultKey.current(), key)
  await away.close()
  // The key store of that computer opens it from now on.
  const again = await opened(t, dir, { storeKey: 'ab'.repeat(32) })
  assert.equal(again.engine.vault().vaultKey.current(), key)
})

test('without a passphrase another computer has a key of its own, and takes nothing from the first', async (t) => {
  const dir = await newVault(t)
  const keyAt = async (computer: string): Promise<string | null> => {
    const at = await opened(t, dir, { storeKey: computer })
    assert.deepEqual(await at.get('/stored-keys'), { state: 'open', hasPassphrase: false, hasStore: true })
    const key = at.engine.vault().vaultKey.current()
    await at.close()
    return key
  }
  const [home, away] = [await keyAt(storeKey), await keyAt('ab'.repeat(32))]
  assert.notEqual(home, away)
  assert.equal(await keyAt(storeKey), home)
  assert.equal(await keyAt('ab'.repeat(32)), away)
})

test('the command line sets the passphrase and opens with it', { timeout: 400_000 }, async (t) => {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'vault')
  const file = join(folder, 'keys.txt')
  await writeFile(file, `${passphrase}\n`)
  await coffer(['init', dir])
  const run = (...args: string[]) => coffer(['--json', '--vault', dir, ...args])
  assert.equal((await run('stored-keys', 'status')).json<StoredKeys>().state, 'none')
  assert.equal((await run('stored-keys', 'set', '--passphrase-file', file)).code, 0)
  assert.equal((await run('stored-keys', 'status')).json<StoredKeys>().state, 'locked')
  assert.equal((await run('--key-file', file, 'stored-keys', 'status')).json<StoredKeys>().state, 'open')
})
