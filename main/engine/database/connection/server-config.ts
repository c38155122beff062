import { chown, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { writeDurably } from '../../base/durable.ts'
import { CofferError } from '../../base/errors.ts'
import type { LocalEngine } from './connection.ts'
import type { ServerUser } from './server-user.ts'
import { assertOwnFiles } from '../safety/vault-folder.ts'

/**
 * The configuration of a database in a vault is this program's and not the folder's: a person who could write one could
 * name commands to run, libraries to load, files to read and hosts to let in.
 */
const configuration = `# Written by Coffer at every start; changes are lost.
max_connections = 100
log_timezone = 'UTC'
timezone = 'UTC'
datestyle = 'iso, mdy'
lc_messages = 'C'
lc_monetary = 'C'
lc_numeric = 'C'
lc_time = 'C'
default_text_search_config = 'pg_catalog.english'
`

const forPglite = `${configuration}dynamic_shared_memory_type = posix\n`

/** Nobody but the vault's own engine comes in: through its private socket, or on Windows with its random password. */
const overSocket = 'local all all trust\n'
const overTcp = 'host all all 127.0.0.1/32 scram-sha-256\n'

/** Each tells a server to do something else at its start than to open what is there. */
const signals = ['recovery.signal', 'standby.signal', 'recovery.conf', 'recovery.done', 'promote', 'logrotate']
/** Only backup programs of PostgreSQL leave these; without them the folder would not be what it seems, and with them it names others. */
const foreign = ['backup_label', 'tablespace_map']

/**
 * Makes the folder of a database safe to open: nothing in it is a link, its configuration is ours, and nothing in it gives
 * orders. Call it before every start. Throws `path-outside`, and `database-refused` for a folder that a backup program wrote.
 */
export async function takeOver(
  engine: LocalEngine,
  dataDir: string,
  given: { readonly user: ServerUser; readonly isOverTcp: boolean } = { user: null, isOverTcp: false },
): Promise<void> {
  await assertOwnFiles(dirname(dataDir), basename(dataDir))
  for (const name of foreign) {
    if (!existsSync(join(dataDir, name))) continue
    throw new CofferError(
      `The database folder has a ${name}, which Coffer never makes: it is the copy of another program. Restore the vault from a backup of Coffer.`,
      { code: 'database-refused' },
    )
  }
  for (const name of signals) await rm(join(dataDir, name), { force: true })
  const files: Readonly<Record<string, string>> = {
    'postgresql.conf': engine === 'pglite' ? forPglite : configuration,
    'postgresql.auto.conf': '',
    'pg_hba.conf': given.isOverTcp ? overTcp : overSocket,
    'pg_ident.conf': '',
  }
  for (const [name, text] of Object.entries(files)) await replace(join(dataDir, name), text, given.user)
}

async function replace(path: string, text: string, user: ServerUser): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return
  await writeDurably(path, text)
  if (user) await chown(path, user.uid, user.gid)
}
