import { objectTypeNames, objectTypes, type Album, type Import, type WatchedFolder } from '../../main/contract/index.ts'
import type { ActivityEntry } from '../engine/activity.ts'
import { shortPath } from '../engine/home-path.ts'
import { say, type MessageKey } from './say.ts'

/** What the log refers to by id, as far as it is still there. */
export interface Named {
  /** The first line there ever was, once it is known: a vault begins with its first person. */
  readonly firstId: number | null
  readonly albums: ReadonlyMap<string, Album>
  readonly imports: ReadonlyMap<string, Import>
  readonly folders: ReadonlyMap<string, WatchedFolder>
}

/** One line of the log in a sentence; `times` for several edits in a row. */
export function activityLine(entry: ActivityEntry, times: number, named: Named): string {
  const count = numberIn(entry, 'count') ?? 1
  const id = entry.objectId ?? ''
  switch (entry.action) {
    case 'imports.started':
      return importLine(named.imports.get(id), named)
    case 'imports.undone':
      return say('activity.importUndone', { count: numberIn(entry, 'trashed') ?? 0 })
    case 'media.trashed':
      return say('activity.photosTrashed', { count })
    case 'media.restored':
      return say('activity.photosRestored', { count })
    case 'media.purged':
      return say('activity.photosPurged', { count })
    case 'media.edited':
      return say('activity.photosEdited', { count: times, what: fieldsOf(entry).map(fieldName).join(', ') })
    case 'media.uploaded':
      return say('activity.photoUploaded')
    case 'integrations.tokens-changed':
      return say('activity.tokensChanged')
    case 'albums.created':
      return albumLine(named.albums.get(id), 'activity.albumCreated', 'activity.albumCreatedUnknown')
    case 'albums.trashed':
      return albumLine(named.albums.get(id), 'activity.albumTrashed', 'activity.albumTrashedUnknown')
    case 'albums.restored':
      return albumLine(named.albums.get(id), 'activity.albumRestored', 'activity.albumRestoredUnknown')
    case 'watched-folders.added': {
      const folder = named.folders.get(id)
      if (!folder) return say('activity.folderWatchedUnknown')
      return say('activity.folderWatched', { path: shortPath(folder.path) })
    }
    case 'watched-folders.removed':
      return say('activity.folderUnwatched')
    case 'backups.added':
      return say('activity.backupAdded')
    case 'backups.removed':
      return say('activity.backupRemoved')
    case 'users.added':
      return say(entry.id === named.firstId ? 'activity.vaultMade' : 'activity.userAdded')
    case 'users.password-changed':
      return say('activity.passwordChanged')
    default:
      return backupLine(entry) ?? thingLine(entry) ?? say('activity.other', { action: entry.action })
  }
}

/** Edits of the same fields are told as one. */
export function isSameEdit(one: ActivityEntry, other: ActivityEntry): boolean {
  return (
    one.action === 'media.edited' && other.action === 'media.edited' && fieldsOf(one).join() === fieldsOf(other).join()
  )
}

function importLine(found: Import | undefined, named: Named): string {
  const [first] = found?.paths ?? []
  if (!found || first === undefined) return say('activity.importStartedSomewhere')
  if (found.watchedFolderId !== null) {
    const path = named.folders.get(found.watchedFolderId)?.path ?? first
    return say('activity.watchedImport', { path: shortPath(path) })
  }
  const path = shortPath(first)
  const others = found.paths.length - 1
  return others > 0 ? say('activity.importStartedMany', { path, others }) : say('activity.importStarted', { path })
}

function albumLine(album: Album | undefined, act: MessageKey, ofUnknown: MessageKey): string {
  return album ? say(act, { name: album.name }) : say(ofUnknown)
}

const acts: Readonly<Record<string, MessageKey>> = {
  created: 'activity.thingCreated',
  changed: 'activity.thingChanged',
  trashed: 'activity.thingTrashed',
  restored: 'activity.thingRestored',
  purged: 'activity.thingPurged',
  reverted: 'activity.thingReverted',
}
const paths = objectTypeNames.map((type) => objectTypes[type].path)

/** What happened to an object that has no sentence of its own. */
function thingLine({ action }: ActivityEntry): string | null {
  const [path = '', verb = ''] = action.split('.')
  const act = acts[verb]
  return act && paths.includes(path) ? say(act, { thing: say(`thing.${path}` as MessageKey) }) : null
}

const backupActs: Readonly<Record<string, readonly [done: MessageKey, failed: MessageKey]>> = {
  'backups.create': ['activity.backupMade', 'activity.backupNotMade'],
  'backups.check': ['activity.backupChecked', 'activity.backupNotChecked'],
  'backups.prove': ['activity.backupProven', 'activity.backupNotProven'],
  'backups.prune': ['activity.backupPruned', 'activity.backupNotPruned'],
}

function backupLine({ action, details }: ActivityEntry): string | null {
  const act = backupActs[action]
  if (!act) return null
  return say(details['status'] === 'done' ? act[0] : act[1])
}

function numberIn({ details }: ActivityEntry, name: string): number | null {
  const value = details[name]
  return typeof value === 'number' ? value : null
}

function fieldsOf({ details }: ActivityEntry): readonly string[] {
  const fields = details['fields']
  return Array.isArray(fields) ? fields.map(String).toSorted() : []
}

function fieldName(field: string): string {
  switch (field) {
    case 'isFavorite':
    case 'rating':
    case 'description':
    case 'takenLocal':
    case 'utcOffsetMinutes':
      return say(`activity.field.${field}`)
    default:
      return say('activity.field.other')
  }
}
