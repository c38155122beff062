import type { Import } from '../../main/contract/index.ts'
import { doneFiles } from '../data/imports.ts'
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
  if (each.added > 0) return t('imports.someAdded', { count: each.added })
  return t(each.status === 'running' ? 'imports.justStarted' : 'imports.nothingNew')
}

/** How an import ended, in a sentence or two. */
export function outcomeSentence(each: Import): string {
  const unread = each.damaged + each.failed
  const start = each.added === 0 ? t('imports.noneAdded') : t('imports.addedToVault', { count: each.added })
  return unread === 0 ? start : `${start} ${t('imports.unread', { count: unread })}`
}
