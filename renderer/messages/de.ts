import { activity } from './de/activity.ts'
import { albums } from './de/albums.ts'
import { backupKeys } from './de/backup-keys.ts'
import { backupRuns } from './de/backup-runs.ts'
import { backups } from './de/backups.ts'
import { connections } from './de/connections.ts'
import { editing } from './de/editing.ts'
import { exports } from './de/exports.ts'
import { general } from './de/general.ts'
import { health } from './de/health.ts'
import { imports } from './de/imports.ts'
import { people } from './de/people.ts'
import { posts } from './de/posts.ts'
import { problems } from './de/problems.ts'
import { reasons } from './de/reasons.ts'
import { settings } from './de/settings.ts'
import { timeline } from './de/timeline.ts'
import { trash } from './de/trash.ts'
import { viewer } from './de/viewer.ts'
import { watch } from './de/watch.ts'
import { welcome } from './de/welcome.ts'
import type { Messages } from './translate.ts'

export const de: Messages = {
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
}
