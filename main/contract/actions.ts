import { albumActions } from './albums.ts'
import { backupActions } from './backups.ts'
import { connectionActions } from './connections.ts'
import { eraseActions } from './erase.ts'
import { exportActions } from './exports.ts'
import { importActions } from './imports.ts'
import { mediaActions } from './media-edits.ts'
import { integrationActions } from './object-types/integration.ts'
import { objectPaths, type ObjectPath } from './objects.ts'
import { postActions } from './posts.ts'
import { storedKeyActions } from './stored-keys.ts'
import { tokenActions } from './tokens.ts'
import { sessionActions, userActions } from './users.ts'
import { watchActions } from './watch.ts'

/** The actions of each feature: its own list, and a line here. */
const featureActions = [
  ...mediaActions,
  ...albumActions,
  ...integrationActions,
  ...importActions,
  ...watchActions,
  ...postActions,
  ...connectionActions,
  ...backupActions,
  ...exportActions,
  ...eraseActions,
  ...userActions,
  ...sessionActions,
  ...tokenActions,
  ...storedKeyActions,
] as const
export type FeatureAction = (typeof featureActions)[number]

/** What is done to objects of every type. */
const objectVerbs = ['created', 'changed', 'reverted', 'trashed', 'restored', 'purged', 'imported'] as const
export type ObjectVerb = (typeof objectVerbs)[number]
export type ObjectAction = `${ObjectPath}.${ObjectVerb}`

/** What a line of the log can say was done: a noun and what became of it. Never renamed, for logs keep them. */
export type Action = FeatureAction | ObjectAction

/** The action of a feature, or null for any other text. */
export function featureActionIn(action: string): FeatureAction | null {
  return featureActions.find((each) => each === action) ?? null
}

/** What was done to objects of which type, or null for any other text. */
export function objectActionIn(action: string): { readonly noun: ObjectPath; readonly verb: ObjectVerb } | null {
  const [first, second] = action.split('.')
  const noun = objectPaths.find((each) => each === first)
  const verb = objectVerbs.find((each) => each === second)
  return noun && verb ? { noun, verb } : null
}
