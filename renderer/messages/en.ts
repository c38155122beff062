import { activity } from './en/activity.ts'
import { albums } from './en/albums.ts'
import { backupKeys } from './en/backup-keys.ts'
import { backupRuns } from './en/backup-runs.ts'
import { backups } from './en/backups.ts'
import { connections } from './en/connections.ts'
import { editing } from './en/editing.ts'
import { exports } from './en/exports.ts'
import { general } from './en/general.ts'
import { health } from './en/health.ts'
import { imports } from './en/imports.ts'
import { people } from './en/people.ts'
import { posts } from './en/posts.ts'
import { problems } from './en/problems.ts'
import { reasons } from './en/reasons.ts'
import { settings } from './en/settings.ts'
import { timeline } from './en/timeline.ts'
import { trash } from './en/trash.ts'
import { viewer } from './en/viewer.ts'
import { watch } from './en/watch.ts'
import { welcome } from './en/welcome.ts'

/** Every sentence of the interface, as ICU messages, a file for each feature. Plain, short, calm, exact. */
export const en = {
  ...general,
  ...problems,
  ...welcome,
  ...timeline,
  ...editing,
  ...viewer,
  ...albums,
  ...trash,
  ...imports,
  ...posts,
  ...connections,
  ...reasons,
  ...watch,
  ...activity,
  ...backups,
  ...backupRuns,
  ...backupKeys,
  ...exports,
  ...health,
  ...people,
  ...settings,
} as const
