import type { Album, ClientKind, Import, WatchedFolder } from '../../main/contract/index.ts'
import type { ActivityEntry } from '../../main/contract/index.ts'
import { shortPath } from '../data/home-path.ts'
import { t, type MessageKey } from './translate.ts'

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
      return t('activity.importUndone', { count: numberIn(entry, 'trashed') ?? 0 })
    case 'media.trashed':
      return t('activity.photosTrashed', { count })
    case 'media.restored':
      return t('activity.photosRestored', { count })
    case 'media.purged':
      return t('activity.photosPurged', { count })
    case 'media.edited':
      return t('activity.photosEdited', {
        count: Math.max(times, count),
        what: fieldsOf(entry).map(fieldName).join(', '),
      })
    case 'media.tagged':
      return t('activity.photosTagged', { count, name: textIn(entry, 'tag') })
    case 'media.untagged':
      return t('activity.photosUntagged', { count, name: textIn(entry, 'tag') })
    case 'albums.created':
      return albumLine(named.albums.get(id), 'activity.albumCreated', 'activity.albumCreatedUnknown')
    case 'albums.edited': {
      const [name, was] = [textIn(entry, 'name'), textIn(entry, 'was')]
      return was === '' ? t('activity.albumEdited', { name }) : t('activity.albumRenamed', { name, was })
    }
    case 'albums.filled':
      return t('activity.albumFilled', { name: textIn(entry, 'name'), count })
    case 'albums.emptied':
      return t('activity.albumEmptied', { name: textIn(entry, 'name'), count })
    case 'albums.ordered':
      return t('activity.albumOrdered', { name: textIn(entry, 'name') })
    case 'users.renamed': {
      const { by } = entry.details
      const to = textIn(entry, 'to')
      if (typeof by === 'string') return t('activity.userRenamedBy', { by, to })
      return t('name' in entry.details ? 'activity.userRenamed' : 'activity.ownRenamed', { to })
    }
    case 'albums.trashed':
      return albumLine(named.albums.get(id), 'activity.albumTrashed', 'activity.albumTrashedUnknown')
    case 'albums.restored':
      return albumLine(named.albums.get(id), 'activity.albumRestored', 'activity.albumRestoredUnknown')
    case 'watched-folders.added': {
      const folder = named.folders.get(id)
      if (!folder) return t('activity.folderWatchedUnknown')
      return t('activity.folderWatched', { path: shortPath(folder.path) })
    }
    case 'watched-folders.removed':
      return t('activity.folderUnwatched')
    case 'backups.added':
      return t('activity.backupAdded')
    case 'backups.removed':
      return t('activity.backupRemoved')
    case 'exports.made':
      return t('activity.exported', { count: numberIn(entry, 'files') ?? 0 })
    case 'users.erased':
      return t('activity.erased', { count: numberIn(entry, 'media') ?? 0 })
    case 'users.password-changed':
      return t('activity.passwordChanged')
    case 'users.password-removed':
      return t('activity.passwordRemoved')
    case 'users.password-recovered':
      return t('activity.passwordRecovered')
    case 'tokens.created':
      return t('activity.tokenMade', { name: textIn(entry, 'name') })
    case 'tokens.revoked':
      return t('activity.tokenRevoked', { name: textIn(entry, 'name') })
    case 'sessions.started':
      return t(`activity.signedIn.${clientIn(entry)}`)
    case 'sessions.failed':
      return t('activity.signInFailed', { count: times })
    case 'sessions.ended':
      return t('activity.signedOutEverywhere')
    case 'sessions.reused':
      return t('activity.sessionReused')
    case 'media.uploaded':
      return t('activity.photoUploaded')
    case 'integrations.created':
    case 'integrations.restored':
      return t('activity.connectionAdded')
    case 'integrations.changed':
    case 'integrations.reverted':
    case 'integrations.tokens-changed':
      return t('activity.connectionChanged')
    case 'integrations.trashed':
    case 'integrations.purged':
      return t('activity.connectionRemoved')
    case 'secrets.unlocked':
      return t('activity.vaultKeyRead')
    case 'secrets.passphrase-set':
      return t('activity.vaultKeySet')
    case 'secrets.read':
      return t('activity.secretRead')
    default:
      return (
        personLine(entry, named) ??
        backupLine(entry) ??
        keyLine(entry) ??
        importedLine(entry) ??
        objectLine(entry.action) ??
        t('activity.other', { action: entry.action })
      )
  }
}

const objectVerbs = ['created', 'changed', 'reverted', 'trashed', 'restored', 'purged'] as const
const objectNouns = [
  'share-links',
  'devices',
  'notifications',
  'profile-attributes',
  'posts',
  'social-accounts',
  'emails',
  'messages',
  'contacts',
  'web-pages',
  'bookmarks',
  'calendar-events',
  'tasks',
  'notes',
  'documents',
  'transactions',
  'locations',
  'health-records',
  'tags',
  'links',
  'albums',
  'media',
] as const

/** What was done with an object of any other type. */
function objectLine(action: string): string | null {
  const [noun, verb] = action.split('.')
  const knownNoun = objectNouns.find((each) => each === noun)
  const knownVerb = objectVerbs.find((each) => each === verb)
  if (!knownNoun || !knownVerb) return null
  return t(`activity.object.${knownVerb}`, { what: t(`object.${knownNoun}`) })
}

/** Objects that came back from an export, by the number. */
function importedLine(entry: ActivityEntry): string | null {
  const [noun, verb] = entry.action.split('.')
  const known = ['integrations' as const, ...objectNouns].find((each) => each === noun)
  if (!known || verb !== 'imported') return null
  return t('activity.object.imported', { count: numberIn(entry, 'count') ?? 1, what: t(`object.${known}`) })
}

const personActs: Readonly<Record<string, readonly [done: MessageKey, doneByAnother: MessageKey]>> = {
  'users.added': ['activity.userAddedNamed', 'activity.userAddedBy'],
  'users.password-reset': ['activity.passwordReset', 'activity.passwordResetBy'],
  'users.disabled': ['activity.userDisabled', 'activity.userDisabledBy'],
  'users.enabled': ['activity.userEnabled', 'activity.userEnabledBy'],
  'users.made-admin': ['activity.userMadeAdmin', 'activity.userMadeAdminBy'],
  'users.no-admin': ['activity.userNoAdmin', 'activity.userNoAdminBy'],
  'users.quota-changed': ['activity.quotaChanged', 'activity.quotaChangedBy'],
}

/** What somebody who looks after the vault did to another: told to each of the two. */
function personLine({ id, action, details }: ActivityEntry, named: Named): string | null {
  const act = personActs[action]
  if (!act) return null
  const { name, by } = details
  if (typeof by === 'string') return t(act[1], { by })
  if (typeof name === 'string') return t(act[0], { name })
  if (action === 'users.added') return t(id === named.firstId ? 'activity.vaultMade' : 'activity.userAdded')
  return action === 'users.quota-changed' ? t('activity.ownQuotaChanged') : t(act[0], { name: t('activity.somebody') })
}

function clientIn({ details }: ActivityEntry): ClientKind {
  const client = details['client']
  return client === 'window' || client === 'browser' || client === 'command-line' ? client : 'api'
}

/** Edits of the same fields one photo after another, and wrong passwords in a row, are told as one. */
export function isSameEdit(one: ActivityEntry, other: ActivityEntry): boolean {
  if (one.action === 'sessions.failed') return other.action === 'sessions.failed'
  return isSingle(one) && isSingle(other) && fieldsOf(one).join() === fieldsOf(other).join()
}

function isSingle(entry: ActivityEntry): boolean {
  return entry.action === 'media.edited' && (numberIn(entry, 'count') ?? 1) === 1
}

function importLine(found: Import | undefined, named: Named): string {
  const [first] = found?.paths ?? []
  if (!found || first === undefined) return t('activity.importStartedSomewhere')
  if (found.watchedFolderId !== null) {
    const path = named.folders.get(found.watchedFolderId)?.path ?? first
    return t('activity.watchedImport', { path: shortPath(path) })
  }
  const path = shortPath(first)
  const others = found.paths.length - 1
  return others > 0 ? t('activity.importStartedMany', { path, others }) : t('activity.importStarted', { path })
}

function albumLine(album: Album | undefined, act: MessageKey, ofUnknown: MessageKey): string {
  return album ? t(act, { name: album.name }) : t(ofUnknown)
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
  return t(details['status'] === 'done' ? act[0] : act[1])
}

const keyActs: Readonly<Record<string, 'keyAdded' | 'keyReplaced' | 'keyRemoved'>> = {
  'backups.key-added': 'keyAdded',
  'backups.key-replaced': 'keyReplaced',
  'backups.key-removed': 'keyRemoved',
}

/** What became of a way into a backup; anything but passphrase and recovery key is a person's name. */
function keyLine(entry: ActivityEntry): string | null {
  const act = keyActs[entry.action]
  if (!act) return null
  const name = textIn(entry, 'name')
  const kind = name === 'passphrase' || name === 'recovery' ? name : 'person'
  return t(`activity.${act}.${kind}`, { name })
}

function numberIn({ details }: ActivityEntry, name: string): number | null {
  const value = details[name]
  return typeof value === 'number' ? value : null
}

function fieldsOf({ details }: ActivityEntry): readonly string[] {
  const fields = details['fields']
  return Array.isArray(fields) ? fields.map(String).toSorted() : []
}

function textIn({ details }: ActivityEntry, name: string): string {
  const value = details[name]
  return typeof value === 'string' ? value : ''
}

function fieldName(field: string): string {
  switch (field) {
    case 'isFavorite':
    case 'rating':
    case 'description':
    case 'takenLocal':
    case 'utcOffsetMinutes':
    case 'place':
    case 'undone':
      return t(`activity.field.${field}`)
    default:
      return t('activity.field.other')
  }
}
