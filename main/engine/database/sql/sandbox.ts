import { CofferError } from '../../base/errors.ts'
import { createGate } from '../../base/gate.ts'
import type { Connection } from '../connection/connection.ts'
import { SqlError, tooLargeState } from '../connection/sql-error.ts'
import { allowedFunctions } from './functions.ts'
import { limits, runStatement, tookTooLong, tooMuch, usedTooMuch, type SqlAnswer } from './run.ts'

/** Where sessions for people's own statements come from. */
export interface SessionSource {
  /** Whether the session that is open still shows what the database holds. */
  isCurrent(): Promise<boolean>
  connect(): Promise<Connection>
  /** Removes what sessions have left behind. */
  drop(): Promise<void>
}

/** Runs people's own statements, one at a time, apart from everything else. */
export interface Sandbox {
  run(userId: string, text: string): Promise<SqlAnswer>
  close(): Promise<void>
}

/** A session that nobody used for so long is closed: it holds memory, and a copy of the database on the disk. */
const idleMs = 60_000
/** Beyond what the statement itself gets: to be looked at, and for a server to say that it stopped it. */
const graceMs = 1000

interface Session {
  readonly connection: Connection
  readonly allowed: ReadonlySet<number>
}

export function createSandbox(source: SessionSource): Sandbox {
  const gate = createGate(1)
  let session: Session | null = null
  let idle: NodeJS.Timeout | undefined
  let isClosed = false

  async function end(): Promise<void> {
    const old = session
    session = null
    await old?.connection.kill().catch(() => {})
  }

  async function current(): Promise<Session> {
    if (session && (await source.isCurrent())) return session
    await end()
    const connection = await source.connect()
    const fresh = { connection, allowed: await lookUp(connection) }
    session = fresh
    void connection.stopped.then(() => {
      if (session === fresh) session = null
    })
    return fresh
  }

  async function within(open: Session, userId: string, text: string): Promise<SqlAnswer> {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      void end()
    }, limits.ms + graceMs)
    try {
      return await runStatement(open.connection, userId, text, open.allowed)
    } catch (error) {
      // A session whose statement failed on the way may be in any state; one that was refused has done nothing.
      if (!(error instanceof CofferError && error.code === 'sql-refused')) await end()
      if (isLate || stateOf(error) === '57014') throw tookTooLong()
      if (stateOf(error) === tooLargeState) throw tooMuch()
      if (['53200', '53400', 'stopped'].includes(stateOf(error) ?? '')) throw usedTooMuch()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    run: (userId, text) =>
      gate.run(async () => {
        if (isClosed) throw new CofferError('The vault is closed.', { code: 'no-vault', retry: 'later' })
        clearTimeout(idle)
        try {
          return await within(await current(), userId, text)
        } finally {
          idle = setTimeout(() => void gate.run(tidy), idleMs)
          idle.unref()
        }
      }),
    async close() {
      isClosed = true
      clearTimeout(idle)
      await end()
      await gate.run(tidy)
    },
  }

  async function tidy(): Promise<void> {
    await end()
    // What cannot be removed now is swept when the vault is opened again.
    await source.drop().catch(() => {})
  }
}

/** The login role of a server sees nothing of ours; that of people does. */
async function lookUp(connection: Connection): Promise<ReadonlySet<number>> {
  try {
    await connection.exec('begin; set local role app_user')
    const allowed = await allowedFunctions(connection)
    await connection.exec('rollback')
    return allowed
  } catch (error) {
    await connection.kill()
    throw error
  }
}

/** The SQLSTATE an error carries, also inside the error made of it for a person. */
function stateOf(error: unknown): string | null {
  if (error instanceof SqlError) return error.code
  if (!(error instanceof CofferError)) return null
  if (error.code === 'database-stopped') return 'stopped'
  const state = error.details?.['sqlState']
  return typeof state === 'string' ? state : null
}
