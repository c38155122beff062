import type { Tile } from '../../contract/index.ts'

/**
 * SQL for one tile as a JSON array, over columns of vault.media. Aggregate it and read the text with `tilesOf`. JSON
 * writes a timestamp as the wall time of the contract.
 */
export const packedTile = `json_build_array(id, taken_local, width, height, thumb_hash, media_type, duration,
  thumbnail_generated, filename, is_favorite, taken_precision)`

type PackedTile = [
  Tile['id'],
  Tile['takenLocal'],
  Tile['width'],
  Tile['height'],
  Tile['thumbHash'],
  Tile['mediaType'],
  Tile['durationSeconds'],
  Tile['hasThumbnail'],
  Tile['filename'],
  Tile['isFavorite'],
  Tile['takenPrecision'],
]

/** The tiles of one packed text. */
export function tilesOf(packed: string | null | undefined): Tile[] {
  const rows: unknown = JSON.parse(packed ?? '[]')
  return Array.isArray(rows) ? rows.map(tile) : []
}

function tile(row: PackedTile): Tile {
  const [id, takenLocal, width, height, thumbHash, mediaType, durationSeconds, hasThumbnail, filename, isFavorite] = row
  const takenPrecision = row[10]
  return {
    id,
    takenLocal,
    takenPrecision,
    width,
    height,
    thumbHash,
    mediaType,
    durationSeconds,
    hasThumbnail,
    filename,
    isFavorite,
  }
}
