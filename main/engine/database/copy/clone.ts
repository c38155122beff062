import { constants } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../base/errors.ts'

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
 * names that checkpoint. Then `copy`, at any time, while no other checkpoint is made. Then `end`, again
 * while nothing else uses it: the log, up to that moment.
 */
export interface Cloning {
  begin(): Promise<void>
  copy(): Promise<void>
  end(): Promise<void>
}

export function cloning(from: string, to: string): Cloning {
  const files: string[] = []
  async function find(folder: string): Promise<void> {
    await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
    for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (path === control || isLeftOut(path)) continue
      if (entry.isDirectory()) await (path === log ? mkdir(join(to, path), { mode: 0o700 }) : find(path))
      else if (entry.isFile()) files.push(path)
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
      await find('')
      await take(control)
    },
    async copy() {
      const queue = files.values()
      const lane = async (): Promise<void> => {
        for (const path of queue) await take(path)
      }
      await Promise.all(Array.from({ length: lanes }, lane))
    },
    async end() {
      for (const entry of await readdir(join(from, log), { withFileTypes: true })) {
        if (entry.isFile()) await take(`${log}/${entry.name}`)
      }
    },
  }
}
