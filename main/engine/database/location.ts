import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type Connection, type EngineName, type LocalEngine } from './connection/connection.ts'
import { connectExternal, readExternal } from './connection/external.ts'

/** Where the database of a vault is. */
export interface DatabaseLocation {
  readonly vaultDir: string
  readonly engine: EngineName
  /** What everything of it in the vault is named after: `database/`, `database.facts.json`. */
  readonly base: string
}

export interface LocalDatabaseLocation extends DatabaseLocation {
  readonly engine: LocalEngine
}

const bases: Readonly<Record<EngineName, string>> = { pglite: 'database', embedded: 'postgres', external: 'external' }

export function locationOf<E extends EngineName>(
  vaultDir: string,
  engine: E,
): DatabaseLocation & { readonly engine: E } {
  return { vaultDir, engine, base: bases[engine] }
}

export function isLocal(location: DatabaseLocation): location is LocalDatabaseLocation {
  return location.engine !== 'external'
}

/** The folder with the data of a database that lies in the vault. */
export function dataDirOf(location: DatabaseLocation): string {
  return join(location.vaultDir, location.base)
}

/** Opens the database that is there. */
export async function openLocation(location: DatabaseLocation): Promise<Connection> {
  if (!isLocal(location)) return connectExternal(await readExternal(location.vaultDir))
  return connect({ engine: location.engine, dataDir: dataDirOf(location), mayInitialise: false })
}

/** Room set aside, and a database being made: neither belongs to one engine. */
const shared: ReadonlySet<string> = new Set(['database.ballast', 'database.rebuilt'])

/** Removes what lies in the vault of databases it no longer uses, once the one it uses has opened well. */
export async function dropOthers(vaultDir: string, inUse: EngineName): Promise<void> {
  const others = Object.values(bases).filter((base) => base !== bases[inUse])
  for (const name of await readdir(vaultDir)) {
    const isOfOther = others.some((base) => name === base || name.startsWith(`${base}.`))
    if (isOfOther && !shared.has(name)) await rm(join(vaultDir, name), { recursive: true, force: true })
  }
}
