import type { Import } from '../../main/contract/index.ts'
import { doneFiles } from '../data/imports.ts'
import { broughtLine, serviceOf, totalOf } from './archive-lines.ts'
import { t } from './translate.ts'

/** "Importing 12 of 400"; "so far" while files are still being found. */
export function progressOf(each: Import): string {
  return t(each.scanComplete ? 'running.progress' : 'running.progressSoFar', {
    done: doneFiles(each),
    total: each.seen,
  })
}

/** What an import brought, in a few words for a list. */
export function summaryOf(each: Import): string {
  if (each.archive && each.status !== 'running') {
    const [service, what] = [serviceOf(each.archive), broughtLine(each.archive)]
    return what === null ? t('imports.archiveNone', { service }) : t('imports.archiveAdded', { service, what })
  }
  if (each.added > 0) return t('imports.someAdded', { count: each.added })
  return t(each.status === 'running' ? 'imports.justStarted' : 'imports.nothingNew')
}

/** How an import ended, in a sentence or two. */
export function outcomeSentence(each: Import): string {
  if (each.archive) return archiveSentence(each.archive, each.failed)
  const unread = each.damaged + each.failed
  const start = each.added === 0 ? t('imports.noneAdded') : t('imports.addedToVault', { count: each.added })
  return unread === 0 ? start : `${start} ${t('imports.unread', { count: unread })}`
}

function archiveSentence(archive: NonNullable<Import['archive']>, failed: number): string {
  const [service, what] = [serviceOf(archive), broughtLine(archive)]
  // Some records do not even say of what type they are.
  const unread = Math.max(totalOf(archive, 'failed'), failed)
  const start = what === null ? t('imports.archiveNothing', { service }) : t('imports.archiveDone', { service, what })
  return unread === 0 ? start : `${start} ${t('imports.archiveUnread', { count: unread })}`
}

/** How much undoing an import takes away. */
export function addedBy(each: Import): number {
  return each.archive ? totalOf(each.archive, 'added') : each.added
}
