import { randomBytes } from 'node:crypto'
import { open, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { CofferError } from '../../base/errors.ts'

const defaultMinFreeMb = 512
const ballastBytes = 64 << 20

function minFreeBytes(): number {
  const given = Number(process.env['COFFER_MIN_FREE_MB'])
  return (Number.isFinite(given) && given > 0 ? given : defaultMinFreeMb) * 1_000_000
}

/**
 * Throws `disk-full` unless the disk has room for `bytes` and for the database to go on: a database that runs out of
 * room while it writes its log must stop.
 */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= minFreeBytes() + bytes) return
  throw new CofferError('The disk with the vault is almost full. Make some room; nothing was lost.', {
    code: 'disk-full',
    retry: 'later',
  })
}

function ballastPath(vaultDir: string): string {
  return join(vaultDir, 'database.ballast')
}

/** Real bytes set aside, so that a full disk can always be given enough room for the database to start again. */
export async function layBallast(vaultDir: string): Promise<void> {
  const size = Math.min(ballastBytes, Math.floor(minFreeBytes() / 4))
  const { bavail, bsize } = await statfs(vaultDir)
  const there = await stat(ballastPath(vaultDir)).catch(() => null)
  if (there || bavail * bsize < minFreeBytes() + size) return
  const file = await open(ballastPath(vaultDir), 'w', 0o600)
  try {
    // Random, so that a file system that compresses sets them aside for real.
    const block = randomBytes(1 << 20)
    for (let written = 0; written < size; written += block.length) await file.writeFile(block)
  } catch (error) {
    // Half a ballast would look like a whole one.
    await rm(ballastPath(vaultDir), { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Gives the set-aside bytes back to the disk; true when there were any. */
export async function dropBallast(vaultDir: string): Promise<boolean> {
  const there = await stat(ballastPath(vaultDir)).catch(() => null)
  await rm(ballastPath(vaultDir), { force: true })
  return there !== null
}
