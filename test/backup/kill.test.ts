import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { checkRepository, openRepository, proveSnapshot, prune, restoreVault } from '../../main/engine/backup/index.ts'
import { coffer, spawnCoffer } from '../support/coffer.ts'
import { temporaryFolder } from '../support/folders.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { never, passphrase } from './support.ts'

const kinds = ['create', 'create', 'create', 'prune', 'restore'] as const
const kills = Number(process.env['COFFER_KILLS'] ?? 25)

async function killedAt(args: readonly string[], ms: number): Promise<boolean> {
  const child = spawnCoffer(args)
  const exit = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code === null)))
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  const wasKilled = await exit
  clearTimeout(timer)
  return wasKilled
}

test(
  `backups, prunes and restores killed at ${kills} moments leave a valid backup`,
  { timeout: 500_000 },
  async (t) => {
    const folder = await temporaryFolder(t)
    const [vault, source, repo] = [join(folder, 'vault'), join(folder, 'camera'), join(folder, 'repo')]
    await mkdir(source)
    for (let number = 0; number < 40; number += 1) {
      const bytes = Buffer.concat([await jpeg(number), randomBytes(3 << 20)])
      await settledFile(join(source, `${number}.jpg`), bytes)
    }
    const file = join(folder, 'passphrase.txt')
    await writeFile(file, passphrase)
    await coffer(['init', vault])
    await coffer(['--vault', vault, 'import', source])
    const create = ['--vault', vault, 'backup', 'create', repo, '--passphrase-file', file]
    const startedMs = performance.now()
    const first = spawnCoffer(create)
    // The repository must exist before a kill can interrupt writing into it.
    while (!(await readdir(repo).catch((): string[] => [])).includes('repository.age')) await pause(20)
    const openedMs = performance.now() - startedMs
    first.kill('SIGKILL')
    await new Promise((done) => first.once('exit', done))
    let interrupted = 0
    // What has once run to its end tells how long it takes on this machine, and so until when a kill can interrupt it.
    const takesMs = new Map<string, number>()
    for (let kill = 0; kill < kills; kill += 1) {
      const kind = kinds[kill % 5] ?? 'create'
      const args = {
        create,
        prune: ['backup', 'prune', repo, '--passphrase-file', file],
        restore: ['backup', 'restore', repo, '--to', join(folder, `restored-${kill}`), '--passphrase-file', file],
      }[kind]
      const from = performance.now()
      const isKilled = await killedAt(args, Math.random() * (takesMs.get(kind) ?? openedMs + 1500))
      if (isKilled) interrupted += 1
      else takesMs.set(kind, performance.now() - from)
      const repository = await openRepository(repo, { passphrase })
      const { damage, lost } = await checkRepository(repository, { readData: true, signal: never })
      assert.deepEqual({ damage, lost }, { damage: [], lost: [] }, `after kill ${kill}`)
    }
    assert.ok(interrupted >= kills / 5, `only ${interrupted} runs were interrupted`)
    assert.equal((await coffer(create)).code, 0)
    const repository = await openRepository(repo, { passphrase })
    await prune(repository)
    assert.deepEqual(await readdir(join(repo, 'tmp')), [])
    assert.deepEqual((await proveSnapshot(repository, { signal: never })).problems, [])
    const restored = await restoreVault(repository, join(folder, 'whole'), { signal: never })
    assert.deepEqual([restored.files, restored.lost], [40, []])
  },
)
