import { activityEndpoints } from './activity.ts'
import { albumEndpoints } from './albums.ts'
import { backupFileEndpoints } from './backup-file.ts'
import { backupEndpoints } from './backups.ts'
import { connectionEndpoints } from './connections.ts'
import type { Endpoint } from './endpoint.ts'
import { eraseEndpoints } from './erase.ts'
import { exportEndpoints } from './exports.ts'
import { importEndpoints } from './imports.ts'
import { mediaEditEndpoints } from './media-edits.ts'
import { mediaEndpoints, timelineEndpoints } from './media.ts'
import { postEndpoints } from './posts.ts'
import { restoreEndpoints } from './restore.ts'
import { timelineEntryEndpoints } from './timeline-entries.ts'
import { objectEndpoints, typeEndpoints } from './object-endpoints.ts'
import { placeEndpoints } from './places.ts'
import { storedKeyEndpoints } from './stored-keys.ts'
import { tokenEndpoints } from './tokens.ts'
import { trashEndpoints } from './trash.ts'
import { sessionEndpoints, userEndpoints } from './users.ts'
import { healthEndpoints, vaultEndpoints } from './vault.ts'
import { watchEndpoints } from './watch.ts'

const tables: readonly Readonly<Record<string, Endpoint>>[] = [
  vaultEndpoints,
  timelineEndpoints,
  timelineEntryEndpoints,
  mediaEndpoints,
  mediaEditEndpoints,
  albumEndpoints,
  trashEndpoints,
  importEndpoints,
  watchEndpoints,
  placeEndpoints,
  postEndpoints,
  connectionEndpoints,
  objectEndpoints,
  ...[...typeEndpoints.values()].flatMap(({ list, history, verbs }) => [{ list }, { ...history }, { ...verbs }]),
  backupEndpoints,
  backupFileEndpoints,
  restoreEndpoints,
  exportEndpoints,
  eraseEndpoints,
  activityEndpoints,
  userEndpoints,
  sessionEndpoints,
  tokenEndpoints,
  storedKeyEndpoints,
  healthEndpoints,
]

/** Everything that can be asked of the engine. Fixed addresses (`/media/trash`) come before those with a parameter there. */
export const allEndpoints: readonly Endpoint[] = tables
  .flatMap((table) => Object.values(table))
  .toSorted((one, other) => (orderOf(one.path) < orderOf(other.path) ? -1 : 1))

function orderOf(path: string): string {
  return path.replaceAll('{', '~')
}
