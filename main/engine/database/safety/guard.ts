import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { CofferError, systemCode } from '../../base/errors.ts'
import { plainError } from '../../base/plain-error.ts'
import type { Connection } from '../connection/connection.ts'
import { logCutProblem, logWasCut, lostSince, readMarker, recoveredTo } from './durability-marker.ts'
import type { DatabaseLocation } from '../location.ts'
import type { Problem } from '../types.ts'

const untouched = 'Your originals are untouched; restore the database from a backup.'

/** Looks, before anything opens the database, whether it is all there: PGlite would make a new one in its place. */
export async function assertComplete(dataDir: string): Promise<void> {
  for (const name of ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal', 'pg_xact']) {
    try {
      await access(join(dataDir, name), constants.R_OK)
    } catch (cause) {
      if (systemCode(cause) !== 'ENOENT' && systemCode(cause) !== 'ENOTDIR') {
        throw plainError(cause, 'the database of this vault')
      }
      throw new CofferError(`The database of this vault is not complete (${name} is missing). ${untouched}`, {
        code: 'database-damaged',
        cause,
      })
    }
  }
}

/** Holds an opened database against what was noted of it: lost rows are a refusal, a cut log is a problem to report. */
export async function assertNothingLost(
  options: {
    readonly location: DatabaseLocation
    readonly vaultId: string
    readonly mediaFolderHasFiles?: () => Promise<boolean>
  },
  connection: Connection,
): Promise<Problem[]> {
  const recovered = await recoveredTo(connection)
  const noted = await readMarker(options.location)
  const lost = await lostSince(noted, connection)
  const owner = await vaultOf(connection)
  if (owner !== undefined && owner !== options.vaultId) lost.push('The database folder belongs to another vault.')
  if (lost.length > 0) {
    throw new CofferError(`The database of this vault has lost rows. ${lost.join(' ')} ${untouched}`, {
      code: 'database-damaged',
      details: { lost },
    })
  }
  const { rows } = await connection.query(
    `select exists (select from vault.media) as "hasMedia",
            exists (select from meta.settings where user_id is null and starts_with(key, $1)) as "isErasing"`,
    [erasingKey],
  )
  const { hasMedia, isErasing } = rows[0] as { hasMedia: boolean; isErasing: boolean }
  if (!hasMedia && !isErasing && (await options.mediaFolderHasFiles?.()) && !(await hasSidecars(connection))) {
    throw new CofferError(
      'The database of this vault is empty, but its media folder is not. Nothing was changed; restore the database from a backup.',
      { code: 'database-empty' },
    )
  }
  return noted && logWasCut(noted.acknowledged, recovered) ? [logCutProblem] : []
}

/** Settings of this name say that rows were erased whose files are still to go: an empty database is right then. */
export const erasingKey = 'erasing:'

const vaultKey = 'vault.id'

/** Writes into the database whose it is: all prepared databases carry one system identifier. */
export async function signDatabase(connection: Connection, vaultId: string): Promise<void> {
  await connection.query(`insert into meta.settings (key, value) values ($1, to_jsonb($2::text))`, [vaultKey, vaultId])
}

/** The id of the vault a database is of, as it says itself. */
export async function vaultOf(connection: Connection): Promise<string | undefined> {
  const { rows } = await connection.query(
    `select value #>> '{}' as id from meta.settings where user_id is null and key = $1`,
    [vaultKey],
  )
  return (rows[0] as { id: string } | undefined)?.id
}

/** Whether the database speaks of files that are no photos: sidecars, and what is left of exports. Old schemas know of none. */
async function hasSidecars(connection: Connection): Promise<boolean> {
  const known = await connection.query(`select to_regclass('vault.sidecars') is not null as "isThere"`)
  if (!(known.rows[0] as { isThere: boolean }).isThere) return false
  const { rows } = await connection.query(`select exists (select from vault.sidecars) as "hasSome"`)
  return (rows[0] as { hasSome: boolean }).hasSome
}
