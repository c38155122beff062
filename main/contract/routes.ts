/** Where things are, for every side that builds an address. */
export const routes = {
  vault: '/api/v1/vault',
  createVault: '/api/v1/vault/create',
  openVault: '/api/v1/vault/open',
  status: '/api/v1/status',
  verify: '/api/v1/verify',
  doctor: '/api/v1/doctor',
  events: '/api/v1/events',
  openapi: '/api/v1/openapi.json',
  timelineDays: '/api/v1/timeline/days',
  timelineTiles: '/api/v1/timeline/tiles',
  media: '/api/v1/media',
  thumbnails: '/api/v1/thumbnails',
  places: '/api/v1/places',
  imports: '/api/v1/imports',
  albums: '/api/v1/albums',
  trash: '/api/v1/trash',
  watchedFolders: '/api/v1/watched-folders',
  users: '/api/v1/users',
  sessions: '/api/v1/sessions',
  passwordStrength: '/api/v1/passwords/strength',
  activity: '/api/v1/activity',
  backups: '/api/v1/backups',
  backupFile: '/api/v1/backup-file',
  restore: '/api/v1/restore',
  exports: '/api/v1/exports',
  erasures: '/api/v1/erasures',
} as const

/** The grid picture (short edge about 320 px) or the viewer picture (long edge 1440 px). Immutable: cache for ever. */
export function thumbnailPath(id: string, size: 'grid' | 'viewer'): string {
  return `${routes.media}/${id}/thumbnails/${size}`
}

/** Ids one request for thumbnails may name. */
export const mostThumbnailsAtOnce = 48

/** Before the bytes of each picture of a batch: how many they are, 32 bits, big-endian; 0 when there is none. */
export const thumbnailLengthBytes = 4

/** The kept bytes as they came; supports Range. */
export function originalPath(id: string): string {
  return `${routes.media}/${id}/original`
}
