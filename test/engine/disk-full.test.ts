import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import type { Import, VaultState } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { startEngineProcess, type EngineProcess } from '../support/engine-process.ts'
import { temporaryFolder } from '../support/folders.ts'
import { settledFile } from '../support/pictures.ts'

const env = { COFFER_MIN_FREE_MB: '30' }

/** A small disk of its own, where this machine lets us mount one. */
function mountSmallDisk(folder: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a full disk stops the import with a clear message, and it goes on by itself when there is room', async (t) => {
  const [folder, disk] = [await temporaryFolder(t), await mkdtemp(join(tmpdir(), 'coffer-disk-'))]
  t.onTestFinished(() => rmdir(disk))
  if (!mountSmallDisk(disk, 220)) return t.skip('this machine does not let a test mount a disk')
  try {
    await fillAndFree(folder, disk)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
})

async function fillAndFree(folder: string, disk: string): Promise<void> {
  const source = join(folder, 'camera')
  await mkdir(source)
  const size = { width: 700, height: 700 }
  for (let number = 0; number < 40; number += 1) {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
    const png = await sharp({ create: { ...size, channels: 3, background: 'grey', noise } })
      .png()
      .toBuffer()
    await settledFile(join(source, `IMG_${number}.png`), png)
  }
  const vault = join(disk, 'vault')
  assert.equal((await coffer(['init', vault], env)).code, 0)
  // Something else fills the disk but for a few megabytes above the floor.
  await writeFile(join(disk, 'other'), Buffer.alloc(Math.max(freeBytes(disk) - 45_000_000, 0)))
  const engine = await startEngineProcess(vault, folder, env)
  try {
    await watch(engine, source, vault, disk)
  } finally {
    await engine.kill()
  }
}

function freeBytes(disk: string): number {
  return Number(execFileSync('df', ['--output=avail', '-B1', disk]).toString().split('\n')[1])
}

async function watch(engine: EngineProcess, source: string, vault: string, disk: string): Promise<void> {
  while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready') await pause(20)
  const { id } = await engine.ask<Import>('POST', '/imports', { paths: [source] })
  const until = async (isThere: (now: Import) => boolean): Promise<Import> => {
    for (;;) {
      const now = await engine.ask<Import>('GET', `/imports/${id}`)
      if (isThere(now)) return now
      await pause(50)
    }
  }
  const waiting = await until((now) => now.status === 'waiting' || now.status === 'done')
  assert.equal(waiting.status, 'waiting')
  assert.equal(waiting.problem?.code, 'disk-full')
  assert.ok(waiting.added < 40)
  // The reserve is looked at before each file, and only what was under way then goes into it.
  assert.ok(freeBytes(disk) > 18_000_000, `only ${freeBytes(disk)} bytes are left`)
  const [user = ''] = await readdir(join(vault, 'users'))
  assert.deepEqual(await readdir(join(vault, 'users', user, 'incoming')), [])
  await rm(join(disk, 'other'))
  const done = await until((now) => now.status === 'done')
  assert.deepEqual(
    { added: done.added, failed: done.failed, problem: done.problem },
    { added: 40, failed: 0, problem: null },
  )
  await engine.stop()
  const verified = await coffer(['verify', '--json', '--vault', vault], env)
  assert.deepEqual(verified.json<object>(), { checked: 40, missing: [], damaged: [], orphans: [] })
}
