import type { Command } from 'commander'
import type { Hands } from './hands.ts'

/** Albums. */
export function addAlbumCommands(top: Command, { withVault }: Hands): void {
  const album = top.command('album').description('albums; ALBUM is a name or an id')
  album
    .command('list')
    .description('every album')
    .action(() => withVault(async (client, out) => (await import('../albums.ts')).albumList(client, out)))
  album
    .command('create')
    .argument('<name>')
    .option('--description <text>', 'what it is about')
    .description('create an album')
    .action((name: string, options: { description?: string }) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumCreate(client, name, options, out)),
    )
  album
    .command('show')
    .argument('<album>')
    .description('the items of an album, in order')
    .action((name: string) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumShow(client, name, out)),
    )
  album
    .command('rename')
    .argument('<album>')
    .argument('<name>')
    .description('rename an album')
    .action((name: string, to: string) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumRename(client, name, to, out)),
    )
  album
    .command('add')
    .argument('<album>')
    .argument('<id...>', 'items')
    .description('add items to an album')
    .action((name: string, ids: string[]) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumContents(client, name, 'add', ids, out)),
    )
  album
    .command('remove')
    .argument('<album>')
    .argument('<id...>', 'items')
    .description('remove items from an album; the photos are kept')
    .action((name: string, ids: string[]) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumContents(client, name, 'remove', ids, out)),
    )
  album
    .command('delete')
    .argument('<album>')
    .description('move an album to the trash; the photos are kept')
    .action((name: string) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumDelete(client, name, out)),
    )
  album
    .command('restore')
    .argument('<album>')
    .description('restore an album from the trash')
    .action((name: string) =>
      withVault(async (client, out) => (await import('../albums.ts')).albumRestore(client, name, out)),
    )
}
