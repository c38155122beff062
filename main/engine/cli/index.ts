#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { defaultVaultFolder } from '../base/paths.ts'
import { CofferError } from '../base/errors.ts'
import type { Client, Person } from './client.ts'
import { createOutput, exitCodeOf, exitCodes, printable, type Output } from './output.ts'
import { signInPassword } from './password.ts'
import { secretLine } from './secrets.ts'
import { addAccessCommands } from './tables/access.ts'
import { addAlbumCommands } from './tables/albums.ts'
import { addBackupCommands } from './tables/backup.ts'
import { addCareCommands } from './tables/care.ts'
import { addConnectionCommands } from './tables/connections.ts'
import { addDatabaseCommands } from './tables/database.ts'
import { addLeaveCommands } from './tables/leave.ts'
import { addMediaCommands } from './tables/media.ts'
import { addTrashCommands } from './tables/trash.ts'
import { addUserCommands } from './tables/users.ts'
import { addVaultCommands } from './tables/vault.ts'
import { addWatchCommands } from './tables/watch.ts'
import type { Hands } from './tables/hands.ts'

/** The commands of each feature, in the order of the help. */
const tables: readonly ((top: Command, hands: Hands) => void)[] = [
  addVaultCommands,
  addMediaCommands,
  addConnectionCommands,
  addCareCommands,
  addAlbumCommands,
  addTrashCommands,
  addWatchCommands,
  addLeaveCommands,
  addAccessCommands,
  addBackupCommands,
  addUserCommands,
  addDatabaseCommands,
]

interface Globals {
  readonly vault?: string
  readonly json?: boolean
  readonly user?: string
  readonly passwordFile?: string
  readonly keyFile?: string
  readonly quiet?: boolean
  readonly trust?: boolean
}

/** The whole command line; each action hands over to a verb and keeps its exit code. */
function program(interrupted: AbortSignal, finish: (code: number) => void): Command {
  const top = new Command('coffer')
    .description('Keeps your photos and memories in one vault on this computer.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .option('--vault <dir>', 'the vault (default: COFFER_VAULT, else your data folder)')
    .option('--json', 'one JSON document on stdout')
    .option('--user <name>', 'act as this person (default: the only one)')
    .option('--password-file <file>', 'the first line is the password to sign in with; - for stdin')
    .option('--trust', 'trust this vault, which was created on another computer; remembered')
    .option('--key-file <file>', 'the first line is the passphrase of the stored keys; - for stdin')
    .option('--quiet', 'no messages and no progress')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  const globals = (): Globals => top.opts<Globals>()
  const output = (): Output => createOutput({ json: globals().json ?? false, quiet: globals().quiet ?? false })
  const trust = (): boolean => globals().trust ?? false
  const vaultDir = (): string => resolve(globals().vault ?? defaultVaultFolder())

  const person = (): Person => ({
    user: globals().user,
    password: (username) => signInPassword(username, globals().passwordFile),
    keyPassphrase: async () => {
      const { keyFile } = globals()
      return keyFile === undefined ? undefined : secretLine(keyFile, 'Passphrase of the stored keys: ')
    },
  })

  async function withVault(run: (client: Client, output: Output) => Promise<number>): Promise<void> {
    const { connect } = await import('./client.ts')
    const client = await connect(vaultDir(), person(), { trust: trust() })
    try {
      finish(await run(client, output()))
    } finally {
      await client.close()
    }
  }

  const user = (): { readonly user?: string } => {
    const { user: name } = globals()
    return name === undefined ? {} : { user: name }
  }
  const hands: Hands = { withVault, finish, output, interrupted, vaultDir, person, trust, user }
  for (const add of tables) add(top, hands)
  return top
}

function version(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    try {
      const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version)
    } catch {
      // Not this folder; the package file lies further up.
    }
    if (dirname(folder) === folder) return '0.0.0'
  }
}

async function main(): Promise<void> {
  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    // The first Ctrl-C stops cleanly; a second one stops at once.
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
  })
  process.on('SIGTERM', () => interrupt.abort())
  const isJson = process.argv.includes('--json')
  let code: number = exitCodes.done
  try {
    await program(interrupt.signal, (given) => (code = given)).parseAsync(process.argv)
  } catch (error) {
    code = await report(error, isJson)
  }
  process.exitCode = code
}

async function report(error: unknown, isJson: boolean): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done
    const message = `${error.message.replace(/^error: /, '')}. See coffer --help.`
    return report(new CofferError(message, { code: 'wrong-usage' }), isJson)
  }
  const { problemOf } = await import('../engine.ts')
  const problem = problemOf(error)
  if (isJson) {
    const { code, title, retry } = problem
    process.stdout.write(`${JSON.stringify({ error: { code, message: title, retry } })}\n`)
  } else {
    process.stderr.write(`${printable(problem.title)}\n`)
    if (problem.code === 'internal' && process.env['COFFER_DEBUG'] !== undefined) console.error(error)
  }
  return exitCodeOf(error)
}

await main()
