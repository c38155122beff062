import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CofferError } from '../../base/errors.ts'
import type { Connection } from './connection.ts'
import { revertMigrations } from '../migrate/migrations.ts'
import { connectNative } from './native.ts'
import { replaceFile } from '../safety/replace-file.ts'

const oldest = 15
const fileSchema = z.object({ url: z.string() })

function filePath(vaultDir: string): string {
  return join(vaultDir, 'external.json')
}

/** The address of the server with this vault's database, with its password if one was given. Throws `vault-damaged`. */
export async function readExternal(vaultDir: string): Promise<string> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(filePath(vaultDir), 'utf8'))).url
  } catch {
    // The cause would show what the file holds.
    throw new CofferError('external.json, which says where the database of this vault is, cannot be read.', {
      code: 'vault-damaged',
    })
  }
}

/** Remembers the address where only the vault's owner can read it. */
export async function writeExternal(vaultDir: string, url: string): Promise<void> {
  await replaceFile(filePath(vaultDir), `${JSON.stringify({ url }, null, 2)}\n`)
  await chmod(filePath(vaultDir), 0o600)
}

/** True for an address of a PostgreSQL database; nothing is asked of it. */
export function isAddress(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text)
}

/** A number of our own among the locks of a database: anyone who holds it has the vault in it open. */
const lockNumber = 0x636f66666572n

/**
 * Opens a session with the database at an address. A password that is not in it is looked for where `psql` looks: PGPASSWORD,
 * PGPASSFILE, `~/.pgpass`. Throws `database-unreachable`, `database-refused` where the server cannot hold a vault or the
 * person may not, `vault-locked` while another Coffer uses the same database. No password is in any of these.
 */
export async function connectExternal(url: string): Promise<Connection> {
  let connection: Connection
  try {
    connection = await connectNative('external', { connectionString: url }, null, ({ role, password }) => ({
      connectionString: withRole(url, role, password),
    }))
  } catch (error) {
    throw unreachable(error)
  }
  try {
    await assertFits(connection)
    return connection
  } catch (error) {
    await connection.close().catch(() => {})
    throw error
  }
}

/** The same address for another role. */
function withRole(url: string, role: string, password: string): string {
  const address = new URL(url)
  address.username = role
  address.password = password
  for (const name of ['user', 'password']) address.searchParams.delete(name)
  return address.href
}

/** Why a server lets nobody in, by SQLSTATE or by what the system says of the way there. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^28P01$/, 'The password is wrong, or none was given.'],
  [/^28/, 'It does not let this person in from this computer.'],
  [/^3D000$/, 'It has no database of this name.'],
  [/^42501$/, 'This person may not use the database.'],
  [/^(42|0A)/, 'It is not a server that can hold a vault.'],
]
const obstacles: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at this address. Is the server running?',
  ENOTFOUND: 'There is no computer of this name.',
  EAI_AGAIN: 'The name of the computer cannot be looked up. Is there a network?',
  ETIMEDOUT: 'It does not answer. Is there a network?',
  EHOSTUNREACH: 'There is no way to this computer.',
  ENETUNREACH: 'There is no network.',
  ECONNRESET: 'It closed the connection.',
  ENOENT: 'Nothing answers at this address. Is the server running?',
  EACCES: 'Coffer is not allowed to reach it.',
}

/** Nothing the driver says is repeated: it may hold the address, and with it a password. */
function unreachable(error: unknown): CofferError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const refusal = refusals.find(([pattern]) => pattern.test(code))?.[1]
  if (refusal !== undefined) {
    return new CofferError(`The PostgreSQL server refused. ${refusal}`, { code: 'database-refused' })
  }
  const obstacle = obstacles[code] ?? 'Check the address, and whether the server is running.'
  return new CofferError(`The PostgreSQL server could not be reached. ${obstacle}`, {
    code: 'database-unreachable',
    retry: 'later',
  })
}

async function assertFits(connection: Connection): Promise<void> {
  const { rows } = await connection.query(
    `select current_setting('server_version_num')::integer / 10000 as version, current_user as "user",
            (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser",
            (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
            exists (select from pg_available_extensions where name = 'pg_trgm') as "hasTrigrams",
            pg_is_in_recovery() as "isReplica"`,
  )
  const found = rows[0] as {
    version: number
    user: string
    isSuperuser: boolean
    encoding: string
    hasTrigrams: boolean
    isReplica: boolean
  }
  const refusal =
    found.version < oldest
      ? `This server is PostgreSQL ${found.version}. A vault needs ${oldest} or newer.`
      : found.isReplica
        ? 'This server is a copy of another and cannot be written. Give the address of the other.'
        : found.encoding !== 'UTF8'
          ? `This database is encoded as ${found.encoding}. Make one with encoding UTF8.`
          : !found.isSuperuser
            ? `${found.user} is not a superuser of this server. A vault needs one to close what people must not reach.`
            : !found.hasTrigrams
              ? 'This server lacks the extension pg_trgm. Install PostgreSQL’s contrib package on it.'
              : null
  if (refusal !== null) throw new CofferError(refusal, { code: 'database-refused' })
  await connection.exec(`load 'pg_trgm'`)
  const taken = await connection.query('select pg_try_advisory_lock($1) as "isMine"', [lockNumber])
  if (!(taken.rows[0] as { isMine: boolean }).isMine) {
    throw new CofferError('Another Coffer has the vault in this database open. Close it there first.', {
      code: 'vault-locked',
      retry: 'later',
    })
  }
}

/** While this schema is there, the database is being filled by a move of the vault its comment names, and in use by none. */
const marker = 'coffer_moving'

/** Claims an empty database for a vault. One that an earlier move of the same vault left unfinished is emptied first. */
export async function startFilling(connection: Connection, vaultId: string): Promise<void> {
  await clearUnfinished(connection, vaultId)
  const { rows } = await connection.query(
    `select exists (
       select from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
     ) or exists (select from pg_class where relnamespace = 'public'::regnamespace) as "isInUse"`,
  )
  if ((rows[0] as { isInUse: boolean }).isInUse) {
    throw new CofferError('This database is not empty. A vault needs one of its own: make a new one, or empty it.', {
      code: 'database-not-empty',
    })
  }
  await connection.exec(`create schema ${marker}; comment on schema ${marker} is '${vaultId}'`)
}

/** Empties a database that a move of this vault was filling; any other is left alone. */
export async function clearUnfinished(connection: Connection, vaultId: string): Promise<void> {
  const { rows } = await connection.query(
    `select obj_description(oid, 'pg_namespace') as vault from pg_namespace where nspname = $1`,
    [marker],
  )
  if ((rows[0] as { vault: string } | undefined)?.vault !== vaultId) return
  await revertMigrations(connection, 0)
  await connection.exec(`drop schema if exists meta cascade; drop schema ${marker}`)
}

/** The vault uses the database from now on. */
export async function finishFilling(connection: Connection): Promise<void> {
  await connection.exec(`drop schema if exists ${marker}`)
}
