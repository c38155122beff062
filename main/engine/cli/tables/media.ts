import type { Command } from 'commander'
import type { ImportOptions } from '../run-import.ts'
import type { Hands } from './hands.ts'

/** What goes in and what is found. */
export function addMediaCommands(top: Command, { withVault, interrupted }: Hands): void {
  top
    .command('import')
    .argument('<path...>', 'files and folders')
    .option('--reference', 'leave the files in place instead of copying them')
    .option('--album-per-folder', 'put the photos of each folder in an album with its name')
    .option('--dry-run', 'only report what would happen')
    .description('import files and folders and wait until it is done')
    .action((paths: string[], options: ImportOptions) =>
      withVault(async (client, out) =>
        (await import('../run-import.ts')).runImport(client, out, paths, options, interrupted),
      ),
    )
  top
    .command('timeline')
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'last day, YYYY-MM-DD')
    .option('--limit <n>', 'at most this many')
    .description('media by wall time, newest first')
    .action((options: { from?: string; to?: string; limit?: string }) =>
      withVault(async (client, out) => (await import('../commands.ts')).timeline(client, options, out)),
    )
  top
    .command('show')
    .argument('<id>')
    .description('one object of any type, with metadata, provenance and links')
    .action((id: string) => withVault(async (client, out) => (await import('../objects.ts')).show(client, id, out)))
  top
    .command('search')
    .argument('<query...>', 'words; “…” for a phrase, -word for without')
    .option('--type <type...>', 'only these types, such as media or note')
    .option('--limit <n>', 'at most this many (default: 50)')
    .description('everything that fits, best first')
    .action((words: string[], options: { type?: string[]; limit?: string }) =>
      withVault(async (client, out) => (await import('../objects.ts')).search(client, words, options, out)),
    )
}
