import type { WatchedFolder } from '../../contract/index.ts'
import { shownPath } from '../base/path-text.ts'
import type { Reader } from '../database/index.ts'

const columns = `f.id, f.path, f.is_reference as reference, f.album_per_folder as "albumPerFolder",
  f.ignore_patterns as ignore, f.status, f.problem, f.last_scan_at as "lastScanAt", f.created_at as "createdAt",
  (select count(*) from meta.watched_files w where w.folder_id = f.id) as files`

/** This person's watched folders by path. */
export async function listWatchedFolders(tx: Reader): Promise<WatchedFolder[]> {
  return (await tx.query<WatchedFolder>(`select ${columns} from meta.watched_folders f order by f.path, f.id`)).map(
    shown,
  )
}

/** One watched folder; undefined when this person has none with that id. */
export async function readWatchedFolder(tx: Reader, id: string): Promise<WatchedFolder | undefined> {
  const folder = await tx.one<WatchedFolder>(`select ${columns} from meta.watched_folders f where f.id = $1`, [id])
  return folder && shown(folder)
}

function shown(folder: WatchedFolder): WatchedFolder {
  return { ...folder, path: shownPath(folder.path) }
}
