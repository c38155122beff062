import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { writeDurably } from '../base/durable.ts'
import { CofferError, isDiskFull, systemCode } from '../base/errors.ts'
import { SqlError } from '../database/index.ts'
import { CopyFailed, reason } from '../files/index.ts'

/** The import was cancelled or undone while it ran: nothing more of it may be stored. */
export class ImportStopped extends Error {
  constructor() {
    super('the import was stopped')
    this.name = 'ImportStopped'
  }
}

/** SQLSTATE classes that say something of the server and nothing of the row: connection, resources, operator, system. */
const serverClasses = ['08', '53', '57', '58']

/**
 * Why a whole import has to stop, or null when the error is the trouble of one file. A full disk, a vault that cannot be
 * written to and a stopped database hold up everything; anything else costs the file it met. With `import-failed` trying
 * again by itself is of no use: the database itself is damaged.
 */
export function stopReason(error: unknown): Reason | null {
  if (isDiskFull(error)) return reason('disk-full')
  if (error instanceof CopyFailed) return reason('vault-unreachable')
  if (error instanceof CofferError && error.code === 'database-stopped') return reason('database-stopped')
  if (error instanceof SqlError) {
    if (error.code?.startsWith('XX') === true) return reason('import-failed')
    return error.code === null || serverClasses.includes(error.code.slice(0, 2)) ? reason('database-stopped') : null
  }
  // Files of the person are read under a net of their own: what the system says outside of it, it says of the vault.
  return /^E[A-Z0-9]+$/.test(systemCode(error) ?? '') ? reason('vault-unreachable') : null
}

/** Throws what keeps the folder from being written to: then an error there is not the fault of one file. */
export async function assertWritable(folder: string): Promise<void> {
  const probe = join(folder, `probe-${randomUUID()}`)
  try {
    await writeDurably(probe, 'x', 'wx')
  } catch (error) {
    throw isDiskFull(error) ? error : new CopyFailed(error)
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}

/** An error for the log: what kind, and where in our code. Its words may hold a path or a value of the person's. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const place = /\/([^/]+\.[jt]s:\d+)/.exec(error.stack?.split('\n    at ').at(1) ?? '')?.[1] ?? ''
  const constraint = /constraint "([a-z_]+)"/.exec(error.message)?.[1] ?? ''
  return [error.name, systemCode(error), constraint, place]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
}
