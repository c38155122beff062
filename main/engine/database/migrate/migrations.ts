import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CofferError } from '../../base/errors.ts'
import type { Connection } from '../connection/connection.ts'
import { currentMarker } from '../safety/durability-marker.ts'
import { findResource } from '../../base/resources.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly up: string
  readonly down: string
  /** SHA-256 of the whole file with line ends made `\n`. */
  readonly sum: string
}

/**
 * The migrations shipped with this program, in order. Numbers rise but may have gaps, so that two features can be written
 * beside each other. Throws when a file is misnamed, shares its number, or lacks one of its halves.
 */
export async function readMigrations(): Promise<Migration[]> {
  const folder = findResource('migrations')
  if (folder === undefined) throw new Error('the migrations folder is missing from this program')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (file, index) => {
      const match = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file)
      const isTaken = names[index - 1]?.startsWith(file.slice(0, 5)) === true
      if (!match || isTaken) throw new Error(`migration ${file} is misnamed or has the number of another`)
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      const [, up, down] = /-- migrate:up\n([^]*)-- migrate:down\n([^]*)$/.exec(text) ?? []
      if (up === undefined || down === undefined) throw new Error(`migration ${file} lacks its up or down part`)
      return { version: Number(match[1]), name: match[2] ?? '', up, down, sum: sha256(text) }
    }),
  )
}

/** The version of the schema that these migrations lead to. */
export function newestOf(migrations: readonly { readonly version: number }[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** One checksum over all migrations: tells whether a prepared image still fits. */
export function sumOf(migrations: readonly Migration[]): string {
  return sha256(migrations.map((each) => each.sum).join('\n'))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

interface Applied {
  readonly version: number
  readonly sum: string
}

/** Which migrations a database has; none when it is new. */
export async function appliedMigrations(connection: Connection): Promise<Applied[]> {
  const { rows } = await connection.query(`select to_regclass('meta.migrations') is not null as present`)
  if (!(rows[0] as { present: boolean }).present) return []
  return (await connection.query(`select version, sum from meta.migrations order by version`)).rows as Applied[]
}

/** Throws `migration-edited` when a migration changed after it ran, `vault-newer` when this program lacks some. */
export function compare(applied: readonly Applied[], migrations: readonly Migration[]): void {
  const shipped = new Map(migrations.map((each) => [each.version, each.sum]))
  if (applied.some((done) => !shipped.has(done.version))) {
    throw new CofferError('This vault was opened by a newer Coffer. Update Coffer to open it.', { code: 'vault-newer' })
  }
  for (const done of applied) {
    if (shipped.get(done.version) !== done.sum) {
      throw new CofferError(`Migration ${done.version} of this program is not the one this vault was made with.`, {
        code: 'migration-edited',
      })
    }
  }
}

/** Applies what is missing, each migration in a transaction of its own. */
export async function applyMigrations(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  await connection.exec(`
    create schema if not exists meta;
    comment on schema meta is 'What Coffer itself is doing: migrations, imports, jobs, changes, settings.';
    create table if not exists meta.migrations (
      version integer primary key, name text not null, sum text not null, down text not null,
      applied_at timestamptz not null default now());
    comment on table meta.migrations is 'Migrations this database has had, with the way back.';
    comment on column meta.migrations.version is 'Number of the file.';
    comment on column meta.migrations.name is 'Name of the file.';
    comment on column meta.migrations.sum is 'SHA-256 of the file.';
    comment on column meta.migrations.down is 'How to step back, for a program that no longer has the file.';
    comment on column meta.migrations.applied_at is 'When it ran.'`)
  const done = new Set((await appliedMigrations(connection)).map((each) => each.version))
  for (const migration of migrations.filter((each) => !done.has(each.version))) {
    await step(connection, migration.version, migration.up, () =>
      connection.query(`insert into meta.migrations (version, name, sum, down) values ($1, $2, $3, $4)`, [
        migration.version,
        migration.name,
        migration.sum,
        migration.down,
      ]),
    )
  }
}

/** Applies what is missing to a vault in use, and refuses a migration that removed rows. */
export async function upgrade(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  const before = (await currentMarker(connection)).ledger
  await applyMigrations(connection, migrations)
  const after = (await currentMarker(connection)).ledger
  for (const [table, { added, removed }] of Object.entries(before)) {
    const now = after[table]
    if (now && now.added - now.removed >= added - removed) continue
    throw new CofferError(`A migration removed rows of ${table}. The vault is as it was.`, { code: 'migration-failed' })
  }
}

/**
 * Steps back to a version, newest migration first, by the way back that this program ships: the one in the database could be
 * anybody's, for its rows may come from a backup. Throws `vault-newer`, `migration-edited`.
 */
export async function revertMigrations(connection: Connection, toVersion: number): Promise<void> {
  const applied = await appliedMigrations(connection)
  const shipped = await readMigrations()
  compare(applied, shipped)
  const has = new Set(applied.map((each) => each.version))
  for (const { version, down } of shipped
    .filter((each) => each.version > toVersion && has.has(each.version))
    .reverse()) {
    await step(connection, version, down, () =>
      connection.query(`delete from meta.migrations where version = $1`, [version]),
    )
  }
}

async function step(connection: Connection, version: number, sql: string, mark: () => Promise<unknown>): Promise<void> {
  await connection.exec('begin')
  try {
    await connection.exec(sql)
    await mark()
    await connection.exec('commit')
  } catch (cause) {
    await connection.exec('rollback').catch(() => {})
    throw new CofferError(`Migration ${version} could not be applied. The vault is as it was.`, {
      code: 'migration-failed',
      cause,
    })
  }
}
