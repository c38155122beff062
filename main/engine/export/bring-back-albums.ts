import { recordChanges } from '../changes/index.ts'
import { setCover, storeAlbum } from '../albums/index.ts'
import type { Writer } from '../database/index.ts'
import { linkContained } from '../objects/index.ts'
import { connectionOf, mediaWithHashes, noteMade, type Run } from './brought.ts'
import type { AlbumLine, TagLine } from './format.ts'

const linksAtOnce = 5000

/** Where an object of the export was brought to by an earlier import, or is still itself. */
const isSameAs = `(id = $2 or metadata->'importedFrom'->>'id' = $2::text)`

/** Makes a tag, unless it is here already; returns its id in this vault. */
export async function restoreTag(
  tx: Writer,
  run: Run,
  line: TagLine,
  ids: ReadonlyMap<string, string>,
): Promise<string> {
  const known = await tx.one<{ id: string }>(
    `select id from vault.tags where user_id = $1
       and (${isSameAs} or ($4::boolean and deleted_at is null and lower(name) = lower($3))) order by deleted_at nulls first limit 1`,
    [run.userId, line.id, line.name, line.deletedAt === null],
  )
  if (known) return known.id
  const row = await tx.one<{ id: string }>(
    `insert into vault.tags (user_id, name, color, created_at, deleted_at, metadata, source_type, source_id, source_platform,
       source_integration_id)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10) returning id`,
    [
      run.userId,
      line.name,
      line.color,
      line.createdAt,
      line.deletedAt,
      JSON.stringify(marked(line)),
      line.source.type,
      line.source.id,
      line.source.platform,
      connectionOf(line, ids),
    ],
  )
  if (!row) throw new Error('a tag was not stored')
  await noteMade(tx, run, 'tag', [row.id])
  return row.id
}

function marked(line: { readonly id: string; readonly metadata: Readonly<Record<string, unknown>> }) {
  return { ...line.metadata, importedFrom: { id: line.id } }
}

/** Makes an album, unless it is here already, and puts into it what is here of its photos; returns its id in this vault. */
export async function restoreAlbum(
  tx: Writer,
  run: Run,
  line: AlbumLine,
  ids: ReadonlyMap<string, string>,
): Promise<string> {
  const known = await tx.one<{ id: string }>(
    `select id from vault.albums where user_id = $1 and ${isSameAs} order by deleted_at nulls first limit 1`,
    [run.userId, line.id],
  )
  const others = line.items.filter((item) => !ids.has(item.id))
  const byHash = others.length > 0 ? await mediaWithHashes(tx, run, others) : new Map<string, string>()
  const idOf = (item: { readonly id: string; readonly sha256: string }): string | undefined =>
    ids.get(item.id) ?? byHash.get(item.sha256)
  const id = known?.id ?? (await insertAlbum(tx, run, line, ids))
  const items = [...new Set(line.items.flatMap((item) => idOf(item) ?? []))]
  for (let at = 0; at < items.length; at += linksAtOnce) {
    const part = items.slice(at, at + linksAtOnce)
    await linkContained(tx, run.userId, { id, type: 'album' }, { ids: part, type: 'media' })
  }
  const cover = line.cover === null ? undefined : idOf(line.cover)
  if (!known && cover !== undefined) {
    await setCover(tx, id, cover)
  }
  if (known) await recordChanges(tx, run.userId, [{ noun: 'albums', objectId: id, kind: 'changed' }])
  return id
}

async function insertAlbum(tx: Writer, run: Run, line: AlbumLine, ids: ReadonlyMap<string, string>): Promise<string> {
  const id = await storeAlbum(tx, run.userId, {
    ...line,
    metadata: marked(line),
    integrationId: connectionOf(line, ids),
  })
  await noteMade(tx, run, 'album', [id])
  return id
}
