import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Connection } from '../connection/connection.ts'
import { serverUser } from '../connection/server-user.ts'
import { limits } from './run.ts'
import type { SessionSource } from './sandbox.ts'

/** A login role that has nothing of its own; in a statement's transaction it becomes the role of people. */
const role = 'coffer_sql'

/** Limits that the server itself keeps for every session of the role. */
const settings: Readonly<Record<string, string>> = {
  statement_timeout: `${limits.ms}ms`,
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '30s',
  work_mem: '8MB',
  hash_mem_multiplier: '1',
  temp_file_limit: `${limits.temporaryMb}MB`,
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  // Its statements are private.
  log_min_messages: 'panic',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: '-1',
}

/** Sessions of a server for people's own statements: beside the one that everything else uses, as a role that may do nothing. */
export function serverSessions(alone: <T>(work: (current: Connection) => Promise<T>) => Promise<T>): SessionSource {
  return {
    isCurrent: async () => true,
    async connect() {
      const password = randomBytes(24).toString('hex')
      const beside = await alone(async (current) => {
        await prepareRole(current, password)
        return current.beside
      })
      if (beside === null) throw new Error('this server has one session only')
      const connection = await beside({ role, password })
      await limitMemory(connection).catch(async (error: unknown) => {
        await connection.close()
        throw error
      })
      return connection
    },
    drop: async () => {},
  }
}

async function prepareRole(owner: Connection, password: string): Promise<void> {
  await owner.exec(`do $$
    begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login noinherit; end if;
    end $$;
    grant app_user to ${role};
    alter role ${role} login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 8
      password '${password}';
    alter role ${role} reset all;
    ${Object.entries(settings)
      .map(([name, value]) => `alter role ${role} set ${name} = '${value}'`)
      .join('; ')}`)
}

/**
 * A value of a gigabyte is within PostgreSQL's own limits. Where the server runs on this Linux its process gets a limit of
 * the system; elsewhere what each statement sorts and hashes is limited, and its time.
 */
async function limitMemory(connection: Connection): Promise<void> {
  if (process.platform !== 'linux' || connection.engine !== 'embedded') return
  const { rows } = await connection.query('select pg_backend_pid() as pid')
  const { pid } = rows[0] as { pid: number }
  const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[0])
  const bytes = pages * 4096 + (limits.memoryMb << 20)
  // Not installed, or not allowed: the other limits still hold.
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--as=${bytes}`], { ...(await serverUser()) }).catch(
    () => {},
  )
}
