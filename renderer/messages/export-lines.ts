import type { ExportProgress } from '../../main/contract/index.ts'
import { bytes } from './format.ts'
import { t } from './translate.ts'

/** What an export is doing, with its figures. */
export function exportLine(now: ExportProgress | null): string {
  switch (now?.phase) {
    case 'check':
      return t('export.now.check', { files: now.files, totalFiles: now.totalFiles })
    case 'originals':
      return [
        t('export.now.originals', { files: now.files, totalFiles: now.totalFiles }),
        t('imports.bytesOf', { done: bytes(now.bytes), total: bytes(now.totalBytes) }),
      ].join(' · ')
    case 'pages':
      return t('export.now.pages')
    case 'finish':
      return t('export.now.finish')
    case 'data':
    case 'look':
    case undefined:
      return t('export.now.data')
  }
}

/** From 0 to 1; null where there is nothing to count. */
export function exportShare(now: ExportProgress | null): number | null {
  if (now?.phase === 'pages' || now?.phase === 'finish') return 1
  if (now?.phase !== 'originals') return null
  return now.totalBytes > 0 ? now.bytes / now.totalBytes : 1
}
