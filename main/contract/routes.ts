/** Where things are, for every side that builds an address. */
export const routes = {
  vault: '/api/v1/vault',
  createVault: '/api/v1/vault/create',
  openVault: '/api/v1/vault/open',
  status: '/api/v1/status',
  health: '/api/v1/health',
  doctor: '/api/v1/doctor',
  events: '/api/v1/events',
  openapi: '/api/v1/openapi.json',
  timelineDays: '/api/v1/timeline/days',
  timelineTiles: '/api/v1/timeline/tiles',
  media: '/api/v1/media',
  imports: '/api/v1/imports',
  albums: '/api/v1/albums',
  trash: '/api/v1/trash',
  watchedFolders: '/api/v1/watched-folders',
  activity: '/api/v1/activity',
  backups: '/api/v1/backups',
  restore: '/api/v1/restore',
} as const

/** The grid picture (short edge about 320 px) or the viewer picture (long edge 1440 px). Immutable: cache for ever. */
export function thumbnailPath(id: string, size: 'grid' | 'viewer'): string {
  return `${routes.media}/${id}/thumbnails/${size}`
}

/** The kept bytes as they came; supports Range. */
export function originalPath(id: string): string {
  return `${routes.media}/${id}/original`
}
