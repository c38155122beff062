import type { Command } from 'commander'
import type { ConnectOptions } from '../connections.ts'
import type { Hands } from './hands.ts'

/** Connections to services, exports of them, and the posts both bring. */
export function addConnectionCommands(top: Command, { withVault, interrupted }: Hands): void {
  const archive = top.command('archive').description('exports that services give')
  archive
    .command('import')
    .argument('<file...>', 'an export: a zip, tar or folder; several parts of one go together')
    .option('--dry-run', 'only report what would happen')
    .description('import an export of a service and wait until it is done')
    .action((files: string[], options: { dryRun?: boolean }) =>
      withVault(async (client, out) =>
        (await import('../archive.ts')).archiveImport(client, out, files, options, interrupted),
      ),
    )
  top
    .command('connect')
    .argument('<platform>', 'bluesky, mastodon, strava or instagram')
    .argument('[name]', 'the name of the account, or the address of its server')
    .option('--server <address>', 'the server the account is on')
    .option('--secret-file <file>', 'an app password or a token; - for stdin')
    .option('--client-id <id>', 'of your own client, where the service needs one')
    .option('--client-secret-file <file>', 'its secret; - for stdin')
    .description('connect an account and sync it')
    .action((platform: string, name: string | undefined, options: ConnectOptions) =>
      withVault(async (client, out) =>
        (await import('../connections.ts')).connect(client, out, platform, name, options, interrupted),
      ),
    )
  const sync = top.command('sync').description('connected accounts')
  const about = '<account>'
  sync
    .command('list')
    .description('connections, their status and figures')
    .action(() => withVault(async (client, out) => (await import('../connections.ts')).syncList(client, out)))
  sync
    .command('run')
    .argument('[account]', 'its name, platform or id (default: all)')
    .description('sync now and wait until it is done')
    .action((account: string | undefined) =>
      withVault(async (client, out) => (await import('../connections.ts')).syncRun(client, out, account, interrupted)),
    )
  sync
    .command('log')
    .argument('[account]', 'its name, platform or id (default: all)')
    .option('--limit <n>', 'at most this many of each (default: 20)')
    .description('syncs and what came of them, newest first')
    .action((account: string | undefined, options: { limit?: string }) =>
      withVault(async (client, out) => (await import('../connections.ts')).syncLog(client, out, account, options)),
    )
  for (const [verb, text] of [
    ['pause', 'stop syncing an account until it is resumed'],
    ['resume', 'sync a paused account again'],
    ['retry', 'try again what could not be read or fetched'],
  ] as const) {
    sync
      .command(verb)
      .argument(about, 'its name, platform or id')
      .description(text)
      .action((account: string) =>
        withVault(async (client, out) => (await import('../connections.ts')).syncVerb(client, out, verb, account)),
      )
  }
  sync
    .command('disconnect')
    .argument(about, 'its name, platform or id')
    .option('--erase', 'also delete for good what came through it')
    .description('forget the sign-in of an account')
    .action((account: string, options: { erase?: boolean }) =>
      withVault(async (client, out) => (await import('../connections.ts')).disconnect(client, out, account, options)),
    )
  top
    .command('reprocess')
    .option('--posts', 'work posts out from what their services gave')
    .description('read everything that is kept again with the rules of this version; no network is used')
    .action((options: { posts?: boolean }) =>
      withVault(async (client, out) =>
        (await import('../connections.ts')).reprocess(client, out, options, interrupted),
      ),
    )
}
