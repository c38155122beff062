import {
  featureActionIn,
  objectActionIn,
  type ActivityEntry,
  type Album,
  type BackupRunKind,
  type ClientKind,
  type FeatureAction,
  type Import,
  type ObjectVerb,
  type WatchedFolder,
} from '../../main/contract/index.ts'
import { shortPath } from '../data/home-path.ts'
import { platformName } from './platform-name.ts'
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
  const feature = featureActionIn(entry.action)
  if (feature !== null) return featureLine(feature, entry, times, named)
  const object = objectActionIn(entry.action)
  if (object !== null) return objectLine(object, entry, named)
  return t('activity.other', { action: entry.action })
}

/** Every action of the contract has its sentence here, which the compiler checks. */
function featureLine(action: FeatureAction, entry: ActivityEntry, times: number, named: Named): string {
  const count = numberIn(entry, 'count') ?? 1
  const id = entry.objectId ?? ''
  switch (action) {
    case 'imports.started':
      return importLine(named.imports.get(id), named)
    case 'imports.undone':
      return t('activity.importUndone', { count: numberIn(entry, 'trashed') ?? 0 })
    case 'imports.paused':
      return t('activity.importPaused')
    case 'imports.resumed':
      return t('activity.importResumed')
    case 'imports.retried':
      return t('activity.importRetried')
    case 'imports.cancelled':
      return t('activity.importCancelled')
    case 'media.edited':
      return t('activity.photosEdited', {
        count: Math.max(times, count),
        what: fieldsOf(entry).map(fieldName).join(', '),
      })
    case 'media.tagged':
      return t('activity.photosTagged', { count, name: textIn(entry, 'tag') })
    case 'media.untagged':
      return t('activity.photosUntagged', { count, name: textIn(entry, 'tag') })
    case 'media.uploaded':
      return t('activity.photoUploaded')
    case 'media.healed':
      return t('activity.photoHealed')
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
    case 'integrations.tokens-changed':
      return t('activity.connectionChanged')
    case 'integrations.connected':
      return t('activity.connected', { name: serviceIn(entry) })
    case 'integrations.planned':
      return t('activity.connectionPlanned', { name: serviceIn(entry) })
    case 'integrations.paused':
      return t('activity.connectionPaused', { name: serviceIn(entry) })
    case 'integrations.resumed':
      return t('activity.connectionResumed', { name: serviceIn(entry) })
    case 'integrations.synced':
      return t('activity.connectionSynced', { name: serviceIn(entry), count: numberIn(entry, 'created') ?? 0 })
    case 'integrations.retried':
      return t('activity.connectionRetried', { name: serviceIn(entry) })
    case 'integrations.disconnected':
      return t('activity.disconnected', { name: serviceIn(entry) })
    case 'integrations.erased':
      return t('activity.connectionErased', { name: serviceIn(entry), count: numberIn(entry, 'posts') ?? 0 })
    case 'integrations.signed-in':
      return t('activity.connectionSignedIn', { name: serviceIn(entry) })
    case 'posts.reprocessed':
      return t('activity.postsReprocessed', { count: numberIn(entry, 'changed') ?? 0 })
    case 'watched-folders.added': {
      const folder = named.folders.get(id)
      if (!folder) return t('activity.folderWatchedUnknown')
      return t('activity.folderWatched', { path: shortPath(folder.path) })
    }
    case 'watched-folders.changed':
      return t('activity.folderChanged', { path: shortPath(textIn(entry, 'path')) })
    case 'watched-folders.paused':
      return t('activity.folderPaused', { path: shortPath(textIn(entry, 'path')) })
    case 'watched-folders.resumed':
      return t('activity.folderResumed', { path: shortPath(textIn(entry, 'path')) })
    case 'watched-folders.removed':
      return t('activity.folderUnwatched')
    case 'backups.added':
      return t('activity.backupAdded')
    case 'backups.changed':
      return t('activity.backupChanged')
    case 'backups.removed':
      return t('activity.backupRemoved')
    case 'backups.paused':
      return t('activity.backupPaused')
    case 'backups.resumed':
      return t('activity.backupResumed')
    case 'backups.file-started':
      return t('activity.backupFileStarted', { path: shortPath(textIn(entry, 'path')) })
    case 'backups.create':
    case 'backups.check':
    case 'backups.prove':
    case 'backups.prune':
      return backupLine(action, entry)
    case 'backups.key-added':
      return t(`activity.keyAdded.${keyKindIn(entry)}`, { name: textIn(entry, 'name') })
    case 'backups.key-replaced':
      return t(`activity.keyReplaced.${keyKindIn(entry)}`, { name: textIn(entry, 'name') })
    case 'backups.key-removed':
      return t(`activity.keyRemoved.${keyKindIn(entry)}`, { name: textIn(entry, 'name') })
    case 'exports.made':
      return t('activity.exported', { count: numberIn(entry, 'files') ?? 0 })
    case 'exports.cancelled':
      return t('activity.exportCancelled')
    case 'exports.failed':
      return t('activity.exportFailed')
    case 'users.erased':
      return t('activity.erased', { count: numberIn(entry, 'media') ?? 0 })
    case 'users.password-changed':
      return t('activity.passwordChanged')
    case 'users.password-removed':
      return t('activity.passwordRemoved')
    case 'users.password-recovered':
      return t('activity.passwordRecovered')
    case 'users.renamed': {
      const { by } = entry.details
      const to = textIn(entry, 'to')
      if (typeof by === 'string') return t('activity.userRenamedBy', { by, to })
      return t('name' in entry.details ? 'activity.userRenamed' : 'activity.ownRenamed', { to })
    }
    case 'users.added':
    case 'users.password-reset':
    case 'users.disabled':
    case 'users.enabled':
    case 'users.made-admin':
    case 'users.no-admin':
    case 'users.quota-changed':
      return personLine(action, entry, named)
    case 'tokens.created':
      return t('activity.tokenMade', { name: textIn(entry, 'name') })
    case 'tokens.revoked':
      return t('activity.tokenRevoked', { name: textIn(entry, 'name') })
    case 'sessions.started':
      return t(`activity.signedIn.${clientIn(entry)}`)
    case 'sessions.signed-out':
      return t(`activity.signedOut.${clientIn(entry)}`)
    case 'sessions.failed':
      return t('activity.signInFailed', { count: times })
    case 'sessions.ended':
      return t('activity.signedOutEverywhere')
    case 'sessions.reused':
      return t('activity.sessionReused')
    case 'secrets.unlocked':
      return t('activity.vaultKeyRead')
    case 'secrets.passphrase-set':
      return t('activity.vaultKeySet')
    case 'secrets.read':
      return t('activity.secretRead')
  }
}

/** What was done with objects of any type; some types have sentences of their own. */
function objectLine({ noun, verb }: ObjectActed, entry: ActivityEntry, named: Named): string {
  const count = numberIn(entry, 'count') ?? 1
  if (verb === 'imported') return t('activity.object.imported', { count, what: t(`object.${noun}`) })
  const own =
    noun === 'media'
      ? photoLine(verb, count)
      : noun === 'albums'
        ? albumLine(verb, named.albums.get(entry.objectId ?? ''))
        : noun === 'integrations'
          ? connectionLine(verb)
          : null
  return own ?? t(`activity.object.${verb}`, { what: t(`object.${noun}`) })
}

type ObjectActed = NonNullable<ReturnType<typeof objectActionIn>>

function photoLine(verb: ObjectVerb, count: number): string | null {
  if (verb === 'trashed') return t('activity.photosTrashed', { count })
  if (verb === 'restored') return t('activity.photosRestored', { count })
  return verb === 'purged' ? t('activity.photosPurged', { count }) : null
}

function albumLine(verb: ObjectVerb, album: Album | undefined): string | null {
  const known =
    verb === 'created' ? 'Created' : verb === 'trashed' ? 'Trashed' : verb === 'restored' ? 'Restored' : null
  if (known === null) return null
  return album ? t(`activity.album${known}`, { name: album.name }) : t(`activity.album${known}Unknown`)
}

function connectionLine(verb: ObjectVerb): string {
  if (verb === 'created' || verb === 'restored') return t('activity.connectionAdded')
  return t(verb === 'trashed' || verb === 'purged' ? 'activity.connectionRemoved' : 'activity.connectionChanged')
}

const personActs = {
  'users.added': ['activity.userAddedNamed', 'activity.userAddedBy'],
  'users.password-reset': ['activity.passwordReset', 'activity.passwordResetBy'],
  'users.disabled': ['activity.userDisabled', 'activity.userDisabledBy'],
  'users.enabled': ['activity.userEnabled', 'activity.userEnabledBy'],
  'users.made-admin': ['activity.userMadeAdmin', 'activity.userMadeAdminBy'],
  'users.no-admin': ['activity.userNoAdmin', 'activity.userNoAdminBy'],
  'users.quota-changed': ['activity.quotaChanged', 'activity.quotaChangedBy'],
} as const satisfies Partial<Record<FeatureAction, readonly [done: MessageKey, doneByAnother: MessageKey]>>

/** What an administrator did to another: told to each of the two. */
function personLine(action: keyof typeof personActs, { id, details }: ActivityEntry, named: Named): string {
  const act = personActs[action]
  const { name, by } = details
  if (typeof by === 'string') return t(act[1], { by })
  if (typeof name === 'string') return t(act[0], { name })
  if (action === 'users.added') return t(id === named.firstId ? 'activity.vaultMade' : 'activity.userAdded')
  return action === 'users.quota-changed' ? t('activity.ownQuotaChanged') : t(act[0], { name: t('activity.somebody') })
}

/** The service of a connection, as far as the line names it. */
function serviceIn(entry: ActivityEntry): string {
  const platform = textIn(entry, 'platform')
  return platform === '' ? t('activity.someService') : platformName(platform)
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

const backupRuns = {
  'backups.create': ['activity.backupMade', 'activity.backupNotMade'],
  'backups.check': ['activity.backupChecked', 'activity.backupNotChecked'],
  'backups.prove': ['activity.backupProven', 'activity.backupNotProven'],
  'backups.prune': ['activity.backupPruned', 'activity.backupNotPruned'],
} as const satisfies Record<`backups.${BackupRunKind}`, readonly [done: MessageKey, failed: MessageKey]>

function backupLine(action: keyof typeof backupRuns, { details }: ActivityEntry): string {
  const [done, failed] = backupRuns[action]
  if (details['status'] === 'cancelled') return t('activity.backupStopped')
  return t(details['status'] === 'done' ? done : failed)
}

/** Anything but passphrase and recovery key is a person's name. */
function keyKindIn(entry: ActivityEntry): 'passphrase' | 'recovery' | 'person' {
  const name = textIn(entry, 'name')
  return name === 'passphrase' || name === 'recovery' ? name : 'person'
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
