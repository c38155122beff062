import type { Connection, SyncRun } from '../../main/contract/index.ts'
import { duration } from './format.ts'
import { failureLine } from './problem-line.ts'
import { platformName } from './platform-name.ts'
import { t } from './translate.ts'

/** What a person calls a connection: the name of the account, or of the service where none is known. */
export function connectionName({ username, displayName, platform }: Connection): string {
  if (username === null) return displayName ?? platformName(platform)
  return username.startsWith('@') ? username : `@${username}`
}

export type ConnectionState = Connection['status'] | 'syncing' | 'paused' | 'archive'

/** How a connection stands, the most pressing first. */
export function stateOfConnection(connection: Connection): ConnectionState {
  const { running, status, authKind, isEnabled } = connection
  if (running !== null) return 'syncing'
  if (status === 'disconnected' || status === 'token_expired') return status
  if (authKind === 'archive') return 'archive'
  return isEnabled ? status : 'paused'
}

/** It cannot go on without its person. */
export function needsAttention(connection: Connection): boolean {
  const state = stateOfConnection(connection)
  return state === 'error' || state === 'token_expired'
}

export function connectionProblem({ problem }: Connection): string | null {
  return problem === null ? null : failureLine(problem.code, problem.message)
}

export function syncingLine({ phase, done, total }: NonNullable<Connection['running']>): string {
  return t(phase === 'posts' ? 'connections.nowPosts' : 'connections.nowMedia', { done, total })
}

const day = 1440

/** "Every 15 min", "Once a day". */
export function intervalLine(minutes: number): string {
  if (minutes === 60) return t('connections.hourly')
  if (minutes === day) return t('connections.daily')
  if (minutes === 7 * day) return t('connections.weekly')
  return t('connections.every', { duration: duration(minutes * 60) })
}

/** Every figure of a sync that is something, and what it read even where that is nothing. */
export function runLine(run: SyncRun): string {
  const figures = ['created', 'updated', 'deleted', 'mediaDownloaded', 'mediaFailed'] as const
  return [
    t('connections.fetched', { count: run.fetched }),
    ...figures.filter((name) => run[name] > 0).map((name) => t(`connections.${name}`, { count: run[name] })),
    run.durationMs === null ? null : t('connections.took', { duration: duration(run.durationMs / 1000) }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
