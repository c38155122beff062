import { useEffect, useRef } from 'react'
import type { Backup } from '../../main/contract/index.ts'
import { useBackups } from '../data/backups.ts'
import { doneFiles, isUnderWay, useImports } from '../data/imports.ts'
import { usePreferences } from '../data/preferences.ts'
import { backupReasonLine } from '../messages/backup-reason-line.ts'
import { contentsOf, progressLine, shareOf } from '../messages/backup-lines.ts'
import { outcomeSentence, progressOf } from '../messages/import-lines.ts'
import { nameOfPath } from '../messages/path-name.ts'
import { t } from '../messages/translate.ts'

/** Lets the desktop follow: the theme, how far long work is, and a word when it ends out of sight. */
export function useDesktop(): void {
  const { theme } = usePreferences()
  const imports = useImports()
  const backups = useBackups()
  useEffect(() => void window.coffer?.setTheme(theme), [theme])

  const current = imports.data?.find(isUnderWay)
  const backup = backups.data?.find((each) => each.running !== null)?.running
  const share = current && current.seen > 0 ? doneFiles(current) / current.seen : backup ? shareOf(backup) : null
  const words = current && current.seen > 0 ? progressOf(current) : backup ? progressLine(backup) : null
  useEffect(() => void window.coffer?.setProgress(share, words), [share, words])

  const wasRunning = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const all = imports.data ?? []
    for (const each of all) {
      if (each.status === 'done' && wasRunning.current.has(each.id))
        void window.coffer?.sayDone(t('imports.finishedTitle'), outcomeSentence(each))
    }
    wasRunning.current = new Set(all.filter((each) => each.status === 'running').map((each) => each.id))
  }, [imports.data])

  const backupsBefore = useRef<readonly Backup[]>([])
  useEffect(() => {
    const all = backups.data ?? []
    for (const each of all) {
      const before = backupsBefore.current.find(({ id }) => id === each.id)
      if (!before?.running || each.running) continue
      const name = nameOfPath(each.path)
      // Daily work that went well is not worth a word; the first backup, and a failure, are.
      if (each.reason !== null)
        void window.coffer?.sayDone(t('backups.failedTitle', { name }), backupReasonLine(each.reason))
      else if (before.lastSavedAt === null && each.lastSavedAt !== null)
        void window.coffer?.sayDone(t('backups.firstTitle', { name }), contentsOf(each))
    }
    backupsBefore.current = all
  }, [backups.data])
}
