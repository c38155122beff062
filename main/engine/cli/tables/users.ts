import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** The people of a vault. */
export function addUserCommands(top: Command, { withVault, finish, output, vaultDir }: Hands): void {
  const users = top.command('users').description('the people of this vault')
  users
    .command('list')
    .description('everybody')
    .action(() => withVault(async (client, out) => (await import('../users.ts')).usersList(client, out)))
  users
    .command('add')
    .argument('<name>')
    .option('--passphrase-file <file>', 'the first line is their password; - for stdin')
    .option('--quota <size>', 'their storage limit, such as 500GB')
    .description('add a person')
    .action((name: string, options: { passphraseFile?: string; quota?: string }) =>
      withVault(async (client, out) => (await import('../users.ts')).usersAdd(client, name, options, out)),
    )
  users
    .command('passwd')
    .argument('<name>')
    .option('--passphrase-file <file>', 'the first line is the new password; - for stdin')
    .option('--recover', 'without the old one; only while the app is closed')
    .description('change a password (asked for on stdin without a file)')
    .action(async (name: string, options: { passphraseFile?: string; recover?: boolean }) => {
      if (options.recover === true)
        finish(await (await import('../users.ts')).usersRecover(vaultDir(), name, options, output()))
      else await withVault(async (client, out) => (await import('../users.ts')).usersPasswd(client, name, options, out))
    })
  for (const [verb, isActive] of [
    ['disable', false],
    ['enable', true],
  ] as const) {
    users
      .command(verb)
      .argument('<name>')
      .description(isActive ? 'let a person sign in again' : 'stop a person from signing in; their data is kept')
      .action((name: string) =>
        withVault(async (client, out) => (await import('../users.ts')).usersEdit(client, name, { isActive }, out)),
      )
  }
  users
    .command('quota')
    .argument('<name>')
    .argument('<size>', 'such as 500GB, or none')
    .description('set a person’s storage limit')
    .action((name: string, quota: string) =>
      withVault(async (client, out) => (await import('../users.ts')).usersEdit(client, name, { quota }, out)),
    )
  users
    .command('sessions')
    .description('where the person is signed in')
    .action(() => withVault(async (client, out) => (await import('../users.ts')).usersSessions(client, out)))
  users
    .command('sign-out')
    .description('sign the person out everywhere')
    .action(() => withVault(async (client, out) => (await import('../users.ts')).usersSignOut(client, out)))
}
