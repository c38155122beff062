import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** Makes a vault, and says how it is. */
export function addVaultCommands(top: Command, { withVault, finish, output, interrupted, user }: Hands): void {
  top
    .command('init')
    .argument('<dir>', 'an empty or new folder')
    .option('--name <name>', 'the name of the vault')
    .option('--passphrase-file <file>', 'the first line is the password of its person; - for stdin')
    .description('create a vault')
    .action(async (dir: string, options: { name?: string; passphraseFile?: string }) => {
      finish(await (await import('../commands.ts')).init(dir, { ...options, ...user() }, output()))
    })
  top
    .command('demo')
    .argument('<dir>', 'an empty or new folder')
    .option('--photos <n>', 'how many pictures to create (default: 64)')
    .description('create a vault with invented content to explore')
    .action(async (dir: string, options: { photos?: string }) => {
      finish(await (await import('../demo.ts')).demo(dir, { ...options, ...user() }, output(), interrupted))
    })
  top
    .command('status')
    .description('counts, sizes, last import, problems')
    .action(() => withVault(async (client, out) => (await import('../commands.ts')).status(client, out)))
}
