import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createGate } from '../../base/gate.ts'
import { systemCode } from '../../base/errors.ts'
import { vaultScratch } from '../../base/scratch.ts'
import { connect, type Connection } from '../connection/connection.ts'
import type { WorkerOptions } from '../connection/messages.ts'
import { flushedTo, logWasCut, recoveredTo } from '../safety/durability-marker.ts'
import { folderBytes } from '../safety/folder-bytes.ts'
import { assertRoom } from '../safety/room.ts'

/** What a clone needs of the database it is of. */
export interface Origin {
  readonly vaultDir: string
  readonly dataDir: string
  /** Runs work while nothing else uses the database. */
  alone<T>(work: (current: Connection) => Promise<T>): Promise<T>
  /** No checkpoint is made until what it returns is called. */
  holdCheckpoints(): () => void
}

/** The database of one moment, in a folder of its own in the vault's scratch. */
export interface Clone {
  /** Opens it in a thread of its own; nothing written to it stays. Throws what `connect` throws. */
  open(limits?: WorkerOptions['sandbox']): Promise<Connection>
  /** True while nothing has been written since. */
  isCurrent(): Promise<boolean>
  /** Removes it; anyone who has it open must have ended. */
  drop(): Promise<void>
}

export interface Cloner {
  /**
   * Clones the database as it is now: everything committed before is in it, nothing later, nothing half. Others use the
   * database meanwhile. Throws `disk-full` where the disk has no room for it.
   */
  take(kind: 'dump' | 'sql'): Promise<Clone>
}

/** PGlite has one session, and a statement in it stops everything else; what takes long runs on a clone. */
export function createCloner(origin: Origin): Cloner {
  // The checkpoint one begins with would take away the log that another still has to copy.
  const gate = createGate(1)

  async function takeOnce(kind: 'dump' | 'sql'): Promise<Clone> {
    await assertRoom(origin.vaultDir, await folderBytes(origin.dataDir))
    const folder = await vaultScratch(origin.vaultDir, kind)
    const drop = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 })
    const dataDir = join(folder, 'database')
    const copying = cloning(origin.dataDir, dataDir)
    const release = origin.holdCheckpoints()
    try {
      const first = await origin.alone(async (current) => {
        await current.exec('checkpoint')
        await copying.begin()
        return current
      })
      await copying.copy()
      const { written, flushed } = await origin.alone(async (current) => {
        // A database that was started again, or exchanged, has cut the log that the copy needs.
        if (current !== first) throw new Exchanged()
        const positions = { written: await writtenTo(current), flushed: await flushedTo(current) }
        await copying.end(await logPart(current))
        return positions
      })
      return {
        async open(limits) {
          const given = { dataDir, mayInitialise: false, isScratch: true, ...(limits && { sandbox: limits }) }
          const connection = await connect(given)
          if (!logWasCut(flushed, await recoveredTo(connection))) return connection
          await connection.kill()
          throw new Error('the clone lacks the end of the log')
        },
        isCurrent: async () => (await origin.alone(writtenTo)) === written,
        drop,
      }
    } catch (error) {
      await drop().catch(() => {})
      throw error
    } finally {
      release()
    }
  }

  return {
    take: (kind) =>
      gate.run(() =>
        takeOnce(kind).catch((error: unknown) => {
          // Files that go away while they are listed have been exchanged, too.
          if (!(error instanceof Exchanged) && systemCode(error) !== 'ENOENT') throw error
          return takeOnce(kind)
        }),
      ),
  }
}

class Exchanged extends Error {}

/** The files of the log that a clone needs, by name; the names of one timeline are in the order of the log. */
interface LogPart {
  readonly first: string
  readonly last: string
}

async function logPart(connection: Connection): Promise<LogPart> {
  const { rows } = await connection.query(
    `select redo_wal_file as first, pg_walfile_name(pg_current_wal_insert_lsn()) as last from pg_control_checkpoint()`,
  )
  return rows[0] as LogPart
}

async function writtenTo(connection: Connection): Promise<string> {
  const { rows } = await connection.query(`select (pg_current_wal_insert_lsn() - '0/0')::text as position`)
  return (rows[0] as { position: string }).position
}

/** Copies at once: more would keep the disk from others. */
const lanes = 4
const control = 'global/pg_control'
const log = 'pg_wal'
/** Notes of one running server, and what it makes again. */
function isLeftOut(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return (
    ['postmaster.pid', 'postmaster.opts', 'archive_status', 'summaries'].includes(name) ||
    name.endsWith('.new') ||
    path.split('/').some((part) => part.startsWith('pgsql_tmp') || part.startsWith('pg_internal.init'))
  )
}

/**
 * Copies the folder of a database that goes on being written, as base backups of PostgreSQL do: the server that opens the copy recovers it
 * from the log. First `begin`, while nothing else uses the database and right after a checkpoint: it takes the control file, which
 * names that checkpoint. Then `copy`, at any time, while no other checkpoint is made: what is written meanwhile, new files too, is
 * in the log as well. Then `end`, again while nothing else uses it: the log from that checkpoint up to that moment.
 */
interface Cloning {
  begin(): Promise<void>
  copy(): Promise<void>
  end(part: LogPart): Promise<void>
}

function cloning(from: string, to: string): Cloning {
  async function* find(folder: string): AsyncGenerator<string> {
    await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
    for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (path === control || path === log || isLeftOut(path)) continue
      if (entry.isDirectory()) yield* find(path)
      else if (entry.isFile()) yield path
    }
  }
  async function take(path: string): Promise<void> {
    await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch((error: unknown) => {
      // A table that was dropped meanwhile; the log says so as well.
      if (systemCode(error) !== 'ENOENT') throw error
    })
  }
  return {
    async begin() {
      await mkdir(join(to, dirname(control)), { recursive: true, mode: 0o700 })
      await take(control)
    },
    async copy() {
      const queue = find('')
      const lane = async (): Promise<void> => {
        for await (const path of queue) await take(path)
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      await mkdir(join(to, log), { mode: 0o700 })
    },
    async end({ first, last }) {
      for (const name of await readdir(join(from, log))) {
        // What is older is no longer needed, and what is newer has only been set aside.
        if (name >= first && name <= last) await take(`${log}/${name}`)
      }
    },
  }
}
