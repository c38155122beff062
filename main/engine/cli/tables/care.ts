import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** Looks into a vault, checks it, serves it. */
export function addCareCommands(
  top: Command,
  { withVault, finish, output, interrupted, vaultDir, person, trust }: Hands,
): void {
  top
    .command('sql')
    .argument('<statement>', 'one read-only statement')
    .description('read-only SQL as the person; row-level security applies')
    .action((text: string) => withVault(async (client, out) => (await import('../commands.ts')).sql(client, text, out)))
  top
    .command('verify')
    .option('--quick', 'compare sizes only, without reading the files')
    .description('compare every original with the database')
    .action((options: { quick?: boolean }) =>
      withVault(async (client, out) => (await import('../commands.ts')).verify(client, options.quick ?? false, out)),
    )
  top
    .command('doctor')
    .description('explain problems and repair what can be repaired')
    .option('--passphrase-file <file>', 'passphrase of a backup to restore originals from; - for stdin')
    .option('--identity <file>', 'the same with an age identity or a recovery key')
    .action(async (options: { passphraseFile?: string; identity?: string }) => {
      const key = await (await import('../open-backup.ts')).keyOf(options)
      const { connect } = await import('../client.ts')
      const open = () => connect(vaultDir(), person(), { trust: trust() })
      finish(
        await (await import('../commands.ts')).doctor(open, { vaultDir: vaultDir(), trust: trust(), key }, output()),
      )
    })
  top
    .command('serve')
    .option('--port <port>', 'a fixed port (default: any free one)')
    .description('the app in a browser on this computer')
    .action(async (options: { port?: string }) => {
      const serving = { ...options, trust: trust() }
      finish(await (await import('../commands.ts')).serveApp(vaultDir(), person(), serving, output(), interrupted))
    })
}
