import type { Album, TimelinePage } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'

const route = '/api/v1/albums'

export async function albumList(client: Client, output: Output): Promise<number> {
  const { albums } = await client.get<{ albums: Album[] }>(`${route}/overview`)
  output.answer(albums, [
    ...table(albums.map((album) => [album.name, album.mediaCount, album.id])),
    plural(albums.length, 'album.', 'albums.'),
  ])
  return exitCodes.done
}

export async function albumCreate(
  client: Client,
  name: string,
  options: { readonly description?: string },
  output: Output,
): Promise<number> {
  const album = await client.send<Album>('POST', route, { name, ...options })
  output.answer(album, [`The album “${album.name}” was made (${album.id}).`])
  return exitCodes.done
}

export async function albumShow(client: Client, name: string, output: Output): Promise<number> {
  const album = await albumNamed(client, name)
  const tiles: TimelinePage['tiles'] = []
  for (let after = ''; ;) {
    const page = await client.get<TimelinePage>(`${route}/${album.id}/media?limit=2000${after}`)
    tiles.push(...page.tiles)
    if (page.next === null) break
    after = `&after=${encodeURIComponent(page.next)}`
  }
  output.answer({ ...album, media: tiles }, [
    ...table(
      tiles.map((tile) => [tile.takenLocal?.replace('T', ' ').slice(0, 19) ?? 'no date', tile.filename, tile.id]),
    ),
    plural(tiles.length, 'item.', 'items.'),
  ])
  return exitCodes.done
}

export async function albumRename(client: Client, name: string, to: string, output: Output): Promise<number> {
  const found = await albumNamed(client, name)
  const album = await client.send<Album>('PATCH', `${route}/${found.id}`, { name: to })
  output.answer(album, [`“${found.name}” is called “${album.name}” now.`])
  return exitCodes.done
}

export async function albumContents(
  client: Client,
  name: string,
  verb: 'add' | 'remove',
  ids: readonly string[],
  output: Output,
): Promise<number> {
  const album = await albumNamed(client, name)
  const path = verb === 'add' ? `${route}/${album.id}/media` : `${route}/${album.id}/media/remove`
  const { changed } = await client.send<{ changed: number }>('POST', path, { ids })
  const after = await client.get<Album>(`${route}/${album.id}`)
  output.answer({ ...after, changed }, [
    `${plural(changed, 'item was', 'items were')} ${verb === 'add' ? 'added to' : 'taken out of'} “${album.name}”.`,
  ])
  return exitCodes.done
}

export async function albumDelete(client: Client, name: string, output: Output): Promise<number> {
  const album = await albumNamed(client, name)
  await client.send('DELETE', `${route}/${album.id}`)
  const after = await client.get<Album>(`${route}/${album.id}`)
  output.answer(after, [`“${album.name}” is in the trash. Its photos stay where they are.`])
  return exitCodes.done
}

export async function albumRestore(client: Client, name: string, output: Output): Promise<number> {
  const found = await albumNamed(client, name, '?trashed=true')
  const album = await client.send<Album>('POST', `${route}/${found.id}/restore`)
  output.answer(album, [`“${album.name}” is back.`])
  return exitCodes.done
}

/** The album with this id or name. Throws `not-found`, and `conflict` when several have the name. */
async function albumNamed(client: Client, name: string, query = ''): Promise<Album> {
  const { albums } = await client.get<{ albums: Album[] }>(`${route}/overview${query}`)
  const byId = albums.find((album) => album.id === name)
  if (byId) return byId
  const [album, another] = albums.filter((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!album) throw new CofferError(`There is no album “${name}”.`, { code: 'not-found' })
  if (another) {
    throw new CofferError(`Several albums are called “${name}”. Use the id instead (coffer album list).`, {
      code: 'conflict',
    })
  }
  return album
}
