import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { vaultScratch } from '../../base/scratch.ts'
import { connect, type Connection } from '../connection/connection.ts'
import { folderBytes } from '../safety/folder-bytes.ts'
import { assertRoom } from '../safety/room.ts'
import { cloning } from '../copy/clone.ts'
import { limits } from './run.ts'
import type { SessionSource } from './sandbox.ts'

/** What a clone needs of the database it is of. */
export interface Origin {
  readonly vaultDir: string
  readonly dataDir: string
  /** Runs work while nothing else uses the database. */
  alone<T>(work: (current: Connection) => Promise<T>): Promise<T>
  /** No checkpoint is made until what it returns is called. */
  holdCheckpoints(): () => void
}

/**
 * PGlite has one session, and a statement in it stops everything else. So statements of people run on a copy of the database, in a
 * thread of its own that can be ended: nobody waits for one, and nothing it does stays.
 */
export function pgliteSessions(origin: Origin): SessionSource {
  let folder: string | null = null
  let copiedAt = ''

  async function drop(): Promise<void> {
    const old = folder
    folder = null
    if (old !== null) await rm(old, { recursive: true, force: true, maxRetries: 3 })
  }

  async function positionOf(current: Connection): Promise<string> {
    const { rows } = await current.query(`select (pg_current_wal_insert_lsn() - '0/0')::text as position`)
    return (rows[0] as { position: string }).position
  }

  async function copy(): Promise<string> {
    await drop()
    await assertRoom(origin.vaultDir, await folderBytes(origin.dataDir))
    folder = await vaultScratch(origin.vaultDir, 'sql')
    const target = join(folder, 'database')
    const clone = cloning(origin.dataDir, target)
    const release = origin.holdCheckpoints()
    try {
      await origin.alone(async (current) => {
        await current.exec('checkpoint')
        await clone.begin()
      })
      await clone.copy()
      copiedAt = await origin.alone(async (current) => {
        const position = await positionOf(current)
        await clone.end()
        return position
      })
    } finally {
      release()
    }
    return target
  }

  const open = (dataDir: string): Promise<Connection> =>
    connect({ dataDir, mayInitialise: false, sandbox: { memoryMb: limits.memoryMb, temporaryMb: limits.temporaryMb } })

  return {
    // What was written since the copy was made must be seen.
    isCurrent: async () => folder !== null && (await origin.alone(positionOf)) === copiedAt,
    async connect() {
      const isCurrent = folder !== null && (await origin.alone(positionOf)) === copiedAt
      if (folder !== null && isCurrent) return open(join(folder, 'database'))
      // A change of schema may have exchanged the folder while it was copied; then once more.
      return open(await copy()).catch(async () => open(await copy()))
    },
    drop,
  }
}
