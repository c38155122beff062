import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** Watched folders. */
export function addWatchCommands(
  top: Command,
  { withVault, finish, output, interrupted, vaultDir, person, trust }: Hands,
): void {
  const watch = top.command('watch').description('folders whose new files are imported automatically')
  watch
    .command('add')
    .argument('<path>')
    .option('--reference', 'leave the files in place instead of copying them')
    .option('--album-per-folder', 'put the photos of each folder in an album with its name')
    .option('--ignore <pattern...>', 'names or paths to ignore, such as *.tmp')
    .description('watch a folder')
    .action((path: string, options: { reference?: boolean; albumPerFolder?: boolean; ignore?: string[] }) =>
      withVault(async (client, out) => (await import('../watch.ts')).watchAdd(client, path, options, out)),
    )
  watch
    .command('list')
    .description('every watched folder and its status')
    .action(() => withVault(async (client, out) => (await import('../watch.ts')).watchList(client, out)))
  watch
    .command('remove')
    .argument('<path>')
    .description('stop watching; what was imported is kept')
    .action((path: string) =>
      withVault(async (client, out) => (await import('../watch.ts')).watchRemove(client, path, out)),
    )
  watch
    .command('run')
    .description('watch in the foreground until interrupted')
    .action(async () => {
      finish(
        await (await import('../watch.ts')).watchRun(vaultDir(), person(), { trust: trust() }, output(), interrupted),
      )
    })
}
