import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Export, ExportResult, StartExport } from '../../main/contract/index.ts'
import type { TestVault } from '../support/engine.ts'

/** Exports and waits until that has ended. */
export async function exported(
  vault: TestVault,
  path: string,
  input: Pick<StartExport, 'since' | 'ids'> = {},
): Promise<Export> {
  const started = await vault.ask<Export>('POST', '/exports', { path, ...input })
  if (started.status !== 202) throw new Error(JSON.stringify(started.body))
  for (;;) {
    const now = await vault.get<Export>(`/exports/${started.body.id}`)
    if (now.status !== 'running') return now
    await pause(10)
  }
}

export async function exportedWell(
  vault: TestVault,
  path: string,
  input: Pick<StartExport, 'since' | 'ids'> = {},
): Promise<ExportResult> {
  const { status, result, problem } = await exported(vault, path, input)
  if (status !== 'done' || !result) throw new Error(`${status}: ${problem}`)
  return result
}

/** Everything a vault holds, without what differs from vault to vault: ids, and when and whence it came into this one. */
export async function contentOf(vault: TestVault): Promise<Record<string, unknown>> {
  const { database } = vault.engine.vault()
  const rows = async (sql: string): Promise<unknown[]> => {
    const row = await database.asService((tx) =>
      tx.one<{ all: string | null }>(`select json_agg(x)::text as all from (${sql}) x`),
    )
    return JSON.parse(row?.all ?? '[]') as unknown[]
  }
  return {
    media: await rows(
      `select hash, filename, media_type, mime_type, size, width, height, duration, thumb_hash, taken_at, taken_local,
         utc_offset_minutes, taken_source, taken_confidence, taken_precision, latitude, longitude, altitude_m, camera_make, camera_model,
         lens_model, exposure_seconds, aperture, iso, focal_length_mm, rating, description, is_favorite, processing_status,
         processing_error, thumbnail_generated, created_at, deleted_at, metadata,
         (select json_agg(t.name order by t.name) from core.links l join vault.tags t on t.id = l.to_object_id
          where l.from_object_id = m.id and l.link_type = 'tagged_with') as tags
       from vault.media m order by hash, deleted_at`,
    ),
    seen: await rows(
      `select s.path, s.size_bytes, s.mtime_ns, s.seen_at, m.hash from vault.media_sources s join vault.media m on m.id = s.media_id
       where s.path not like '%/originals/%' order by s.path`,
    ),
    albums: await rows(
      `select a.name, a.description, a.sort_order, a.visibility, a.media_count, a.source_type, a.source_id, a.created_at,
         a.deleted_at, c.hash as cover, a.metadata - 'importedFrom' as metadata,
         (select json_agg(m.hash order by l.sort_order) from core.links l join vault.media m on m.id = l.to_object_id
          where l.from_object_id = a.id and l.link_type = 'contains') as items
       from vault.albums a left join vault.media c on c.id = a.cover_media_id order by a.name, a.created_at`,
    ),
    tags: await rows(
      `select name, color, created_at, deleted_at, metadata - 'importedFrom' as metadata from vault.tags order by name`,
    ),
    links: await rows(
      `select l.link_type, l.strength, least(f.hash, t.hash) as one, greatest(f.hash, t.hash) as other
       from core.links l join vault.media f on f.id = l.from_object_id join vault.media t on t.id = l.to_object_id order by 1, 3, 4`,
    ),
  }
}

/** Every file below a folder with the hash of its bytes. */
export async function hashesBelow(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    found.set(path.slice(folder.length + 1), digest)
  }
  return found
}
