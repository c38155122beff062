import assert from 'node:assert/strict'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import type { Import, VaultState } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

const kills = Number(process.env['COFFER_KILLS'] ?? 25)
const files = 240

async function untilReady(engine: EngineProcess): Promise<void> {
  for (;;) {
    const state = await engine.ask<VaultState>('GET', '/vault')
    if (state.state === 'ready') return
    if (state.state === 'none' && state.problem !== null) throw new Error(state.problem)
    await pause(20)
  }
}

test(`an import killed at ${kills} random moments ends with every file exactly once`, async (t) => {
  const folder = await temporaryFolder(t)
  const source = join(folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < files; number += 1) {
    await settledFile(join(source, `IMG_${number}.jpg`), await jpeg(number, { width: 1200, height: 900 }))
  }
  const vault = join(folder, 'vault')
  await coffer(['init', vault])
  let engine = await startEngineProcess(vault, folder)
  t.onTestFinished(() => engine.kill())
  await untilReady(engine)
  const { id } = await engine.ask<Import>('POST', '/imports', { paths: [source] })
  let killedWhileRunning = 0
  for (let kill = 0; kill < kills; kill += 1) {
    // Most kills land while files move; some while the vault is being opened.
    await pause(Math.random() * 350)
    const now = await engine.ask<Import | { code: string }>('GET', `/imports/${id}`).catch(() => null)
    if (now && 'status' in now && now.status === 'running') killedWhileRunning += 1
    await engine.kill()
    engine = await startEngineProcess(vault, folder)
    if (Math.random() < 0.8) await untilReady(engine)
  }
  await untilReady(engine)
  let ended = await engine.ask<Import>('GET', `/imports/${id}`)
  while (ended.status === 'running') {
    await pause(50)
    ended = await engine.ask<Import>('GET', `/imports/${id}`)
  }
  assert.ok(killedWhileRunning >= 3, `only ${killedWhileRunning} kills met a running import`)
  assert.deepEqual(
    { status: ended.status, seen: ended.seen, added: ended.added, duplicates: ended.duplicates, failed: ended.failed },
    { status: 'done', seen: files, added: files, duplicates: 0, failed: 0 },
  )
  assert.equal(await engine.stop(), 0)
  const verified = await coffer(['verify', '--json', '--vault', vault])
  assert.deepEqual(verified.json<object>(), { checked: files, missing: [], damaged: [], orphans: [] })
  const [user = ''] = await readdir(join(vault, 'users'))
  assert.deepEqual(await readdir(join(vault, 'users', user, 'incoming')), [])
})
