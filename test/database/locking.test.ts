import assert from 'node:assert/strict'
import { test } from 'vitest'
import { lockVault, readLockNote } from '../../main/engine/database/index.ts'
import { atEnd, codeOf, startProgram, temporaryFolder } from './support.ts'

test('a second process is kept out of a vault, and learns who has it', async (t) => {
  const dir = temporaryFolder(t)
  const lock = await lockVault(dir, { socket: '/run/somewhere' })
  atEnd(t, () => lock.release())
  assert.equal(await startProgram(t, 'lock-program.ts', dir).said('refused'), 'refused vault-locked')
  const note = await readLockNote(dir)
  assert.deepEqual([note?.pid, note?.socket], [process.pid, '/run/somewhere'])
})

test('the same process cannot take a vault twice', async (t) => {
  const dir = temporaryFolder(t)
  const lock = await lockVault(dir)
  assert.equal(await codeOf(lockVault(dir)), 'vault-locked')
  await lock.release()
  const again = await lockVault(dir)
  await again.release()
  assert.equal(await readLockNote(dir), undefined)
})

test('the lock of a killed process is free at once', async (t) => {
  const dir = temporaryFolder(t)
  const other = startProgram(t, 'lock-program.ts', dir)
  await other.said('locked')
  assert.equal(await codeOf(lockVault(dir)), 'vault-locked')
  await other.killHard()
  const lock = await lockVault(dir)
  await lock.release()
})
