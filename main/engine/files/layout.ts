import { join } from 'node:path'

/** Where one person's bytes lie in a vault. Paths in rows are relative to the vault and use `/`. */
export interface UserFolders {
  readonly root: string
  readonly media: string
  readonly thumbnails: string
  readonly incoming: string
}

export function userFolders(vaultDir: string, userId: string): UserFolders {
  const root = join(vaultDir, 'users', userId)
  return {
    root,
    media: join(root, 'media'),
    thumbnails: join(root, 'thumbnails'),
    incoming: join(root, 'incoming'),
  }
}

/** `users/<user>/media/2024/06/<id>.jpg`; what has no date goes to `undated`, what has no plain ending ends in `bin`. */
export function originalPath(userId: string, id: string, extension: string, takenLocal: string | null): string {
  const [, year, month] = /^(\d{4,6})-(\d\d)-/.exec(takenLocal ?? '') ?? []
  const folder = year === undefined || month === undefined ? 'undated' : `${year}/${month}`
  const ending = /^[a-z0-9]{1,16}$/i.test(extension) ? extension : 'bin'
  return `users/${userId}/media/${folder}/${id}.${ending}`
}

export type ThumbnailSize = 'grid' | 'viewer'

/** Thumbnails lie in 256 folders by the id's last byte, which is random (its first ones are time). */
export function thumbnailPath(userId: string, id: string, size: ThumbnailSize): string {
  return `users/${userId}/thumbnails/${id.slice(-2)}/${id}.${size}`
}

/** Sidecars lie in 256 folders beside the originals: `users/<user>/media/sidecars/7f/<id>.xmp`. */
export function sidecarPath(userId: string, id: string, extension: string): string {
  return `users/${userId}/media/sidecars/${id.slice(-2)}/${id}.${extension}`
}
