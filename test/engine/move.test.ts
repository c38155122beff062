import assert from 'node:assert/strict'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import type { Status } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { startEngineProcess } from '../support/engine-process.ts'
import { temporaryFolder } from '../support/folders.ts'

test('the command line moves a vault to a server of its own and says no password', async (t) => {
  const folder = await temporaryFolder(t)
  // PostgreSQL refuses root: where these tests are root's, the server's user has to pass through.
  await chmod(folder, 0o711)
  const env = process.getuid?.() === 0 ? { COFFER_POSTGRES_USER: 'nobody' } : {}
  const vault = join(folder, 'vault')
  const run = (...args: string[]) => coffer(['--vault', vault, '--json', ...args], env)
  assert.equal((await coffer(['init', vault, '--json'])).code, 0)

  const holder = await startEngineProcess(vault, join(folder, 'state'))
  t.onTestFinished(() => holder.kill())
  const locked = await run('database', 'move', '--to', 'embedded')
  assert.deepEqual([locked.code, locked.json<{ error: { code: string } }>().error.code], [4, 'vault-locked'])
  await holder.stop()

  const moved = await run('database', 'move', '--to', 'embedded')
  assert.equal(moved.code, 0, moved.stdout + moved.stderr)
  const said = moved.json<{ from: string; to: string; rows: number; kept: string }>()
  assert.deepEqual([said.from, said.to, said.kept], ['pglite', 'embedded', 'until-opened'])
  assert.ok(said.rows > 0)
  assert.equal((await run('status')).json<Status>().database.engine, 'embedded')
  const info = (await run('database', 'info')).json<{ engine: string; version: string; sizeBytes: number }>()
  assert.deepEqual([info.engine, info.version.split('.')[0]], ['embedded', '18'])

  const wrong = await run('database', 'move', '--to', 'mysql://me:hunter2@there/x')
  assert.equal(wrong.code, 2)
  const missing = await run('database', 'move', '--to', 'postgres://me:hunter2@127.0.0.1:1/x')
  assert.equal(missing.json<{ error: { code: string } }>().error.code, 'database-unreachable')
  assert.doesNotMatch(wrong.stdout + wrong.stderr + missing.stdout + missing.stderr, /hunter2/)
  const back = await run('database', 'move', '--to', 'pglite')
  assert.equal(back.code, 0, back.stdout + back.stderr)
  assert.equal((await run('status')).json<Status>().database.engine, 'pglite')
})
