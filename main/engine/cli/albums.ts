import { albumEndpoints, type Album, type Tile } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, takenInWords, type Output } from './output.ts'

export async function albumList(client: Client, output: Output): Promise<number> {
  const { items: albums } = await client.call(albumEndpoints.overview, {})
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
  const album = await client.call(albumEndpoints.create, { body: { name, ...options } })
  output.answer(album, [`The album “${album.name}” was created (${album.id}).`])
  return exitCodes.done
}

export async function albumShow(client: Client, name: string, output: Output): Promise<number> {
  const album = await albumNamed(client, name)
  const tiles: Tile[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: { items: Tile[]; next: string | null } = await client.call(albumEndpoints.tiles, {
      params: { id: album.id },
      query: { limit: 2000, ...(next !== '' && { cursor: next }) },
    })
    tiles.push(...page.items)
    next = page.next
  }
  output.answer({ ...album, media: tiles }, [
    ...table(tiles.map((tile) => [takenInWords(tile), tile.filename, tile.id])),
    plural(tiles.length, 'item.', 'items.'),
  ])
  return exitCodes.done
}

export async function albumRename(client: Client, name: string, to: string, output: Output): Promise<number> {
  const found = await albumNamed(client, name)
  const album = await client.call(albumEndpoints.edit, { params: { id: found.id }, body: { name: to } })
  output.answer(album, [`“${found.name}” is now called “${album.name}”.`])
  return exitCodes.done
}

export async function albumContents(
  client: Client,
  name: string,
  verb: 'add' | 'remove',
  ids: string[],
  output: Output,
): Promise<number> {
  const album = await albumNamed(client, name)
  const params = { id: album.id }
  const { changed } = await client.call(albumEndpoints[verb], { params, body: { ids } })
  const after = await client.call(albumEndpoints.read, { params })
  output.answer({ ...after, changed }, [
    `${plural(changed, 'item was', 'items were')} ${verb === 'add' ? 'added to' : 'removed from'} “${album.name}”.`,
  ])
  return exitCodes.done
}

export async function albumDelete(client: Client, name: string, output: Output): Promise<number> {
  const album = await albumNamed(client, name)
  const params = { id: album.id }
  await client.call(albumEndpoints.trash, { params })
  const after = await client.call(albumEndpoints.read, { params })
  output.answer(after, [`“${album.name}” is in the trash. Its photos stay where they are.`])
  return exitCodes.done
}

export async function albumRestore(client: Client, name: string, output: Output): Promise<number> {
  const found = await albumNamed(client, name, true)
  const album = await client.call(albumEndpoints.restore, { params: { id: found.id } })
  output.answer(album, [`“${album.name}” is back.`])
  return exitCodes.done
}

/** The album with this id or name. Throws `not-found`, and `conflict` when several have the name. */
async function albumNamed(client: Client, name: string, trashed = false): Promise<Album> {
  const { items: albums } = await client.call(albumEndpoints.overview, { query: { trashed } })
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
