import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** The database of a vault. */
export function addDatabaseCommands(
  top: Command,
  { withVault, finish, output, interrupted, vaultDir, person, trust }: Hands,
): void {
  const database = top.command('database').description('schema version and database engine')
  database
    .command('info')
    .description('engine, version, size')
    .action(() =>
      withVault(async (client, out) => (await import('../commands.ts')).database(client, 'info', undefined, out)),
    )
  database
    .command('migrate')
    .description('upgrade the schema to this program’s version')
    .action(async () => {
      const { connect } = await import('../client.ts')
      const open = (migrate: boolean) => connect(vaultDir(), person(), { trust: trust(), migrate })
      finish(await (await import('../commands.ts')).databaseMigrate(open, output()))
    })
  database
    .command('rollback')
    .argument('<version>')
    .description('roll the schema back for an older Coffer; it stays there until “migrate”')
    .action((to: string) =>
      withVault(async (client, out) => (await import('../commands.ts')).database(client, 'rollback', to, out)),
    )
  database
    .command('move')
    .requiredOption('--to <engine>', 'pglite, embedded, or postgres://… (- reads the address from stdin)')
    .description('change the database engine; only while the app is closed')
    .action(async (options: { to: string }) => {
      finish(
        await (
          await import('../move.ts')
        ).databaseMove(vaultDir(), { ...options, trust: trust() }, output(), interrupted),
      )
    })
}
