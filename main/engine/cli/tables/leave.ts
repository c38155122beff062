import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** Takes everything out, or destroys it. */
export function addLeaveCommands(top: Command, { withVault, interrupted }: Hands): void {
  top
    .command('export')
    .argument('<dir>', 'a new or empty folder, or an earlier export to update')
    .option('--since <day>', 'only what was added or changed since this day, YYYY-MM-DD')
    .description('export everything in open formats')
    .action((dir: string, options: { since?: string }) =>
      withVault(async (client, out) =>
        (await import('../export.ts')).exportAll(client, dir, options, out, interrupted),
      ),
    )

  top
    .command('erase')
    .option('--yes-erase <name>', 'your exact name: everything you have here is permanently destroyed')
    .description('permanently destroy everything a person has in this vault')
    .action((options: { yesErase?: string }) =>
      withVault(async (client, out) => (await import('../erase.ts')).erase(client, options, out)),
    )
}
