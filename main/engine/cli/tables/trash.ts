import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** The trash. */
export function addTrashCommands(top: Command, { withVault }: Hands): void {
  const trash = top.command('trash').description('deleted things, until they are deleted permanently')
  trash
    .command('list')
    .description('photos and everything else in the trash')
    .action(() => withVault(async (client, out) => (await import('../trash.ts')).trashList(client, out)))
  trash
    .command('restore')
    .argument('<id...>', 'photos, notes or anything else')
    .description('restore things from the trash')
    .action((ids: string[]) =>
      withVault(async (client, out) => (await import('../trash.ts')).trashRestore(client, ids, out)),
    )
  trash
    .command('empty')
    .option('--yes', 'delete everything in it permanently')
    .description('delete everything in the trash')
    .action((options: { yes?: boolean }) =>
      withVault(async (client, out) => (await import('../trash.ts')).trashEmpty(client, options, out)),
    )
}
