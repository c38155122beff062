import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** What protects secrets, and what other programs may. */
export function addAccessCommands(top: Command, { withVault }: Hands): void {
  const storedKeys = top.command('stored-keys').description('what protects tokens of connections and keys of backups')
  storedKeys
    .command('status')
    .description('whether they can be stored and read')
    .action(() => withVault(async (client, out) => (await import('../stored-keys.ts')).storedKeysStatus(client, out)))
  storedKeys
    .command('set')
    .requiredOption('--passphrase-file <file>', 'the first line is the passphrase; - for stdin')
    .description('let a passphrase open them, where there is no key store or the vault may move')
    .option('--start-over', 'the earlier passphrase is forgotten: what it protects is lost')
    .action((options: { passphraseFile: string; startOver?: boolean }) =>
      withVault(async (client, out) => (await import('../stored-keys.ts')).storedKeysSet(client, options, out)),
    )

  const tokens = top.command('token').description('access for other programs through “serve”')
  tokens
    .command('create')
    .argument('<name>')
    .option('--scope <scope>', 'read, write or admin (default: read)')
    .option('--days <number>', 'expires after this many days')
    .description('create a token; it is shown only once')
    .action((name: string, options: { scope?: string; days?: string }) =>
      withVault(async (client, out) => (await import('../tokens.ts')).tokenCreate(client, name, options, out)),
    )
  tokens
    .command('list')
    .description('valid tokens, and when each was last used')
    .action(() => withVault(async (client, out) => (await import('../tokens.ts')).tokenList(client, out)))
  tokens
    .command('revoke')
    .argument('<token>', 'its name or id')
    .description('revoke a token')
    .action((name: string) =>
      withVault(async (client, out) => (await import('../tokens.ts')).tokenRevoke(client, name, out)),
    )
}
