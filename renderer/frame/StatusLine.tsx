import { useState } from 'react'
import type { Import } from '../../main/contract/index.ts'
import { useBackups } from '../data/backups.ts'
import { doneFiles, isUnderWay, useImports, useImportVerb } from '../data/imports.ts'
import { usePreferences } from '../data/preferences.ts'
import { Button } from '../components/Button.tsx'
import { decimal, duration } from '../messages/format.ts'
import { progressOf } from '../messages/import-lines.ts'
import { reasonLine } from '../messages/reason-line.ts'
import { t } from '../messages/translate.ts'
import { BackupLine } from './BackupLine.tsx'
import styles from './StatusLine.module.css'

/** One quiet line while an import or a backup is under way; a click opens its report. */
export function StatusLine({
  nags,
  onOpen,
  onBackups,
}: {
  /** Whether a backup that is out of date may be spoken of. */
  readonly nags: boolean
  readonly onOpen: (id: string) => void
  readonly onBackups: () => void
}) {
  const imports = useImports()
  const backups = useBackups()
  const { backupNagFrom } = usePreferences()
  const [openedAt] = useState(() => Date.now())
  const current = imports.data?.find(isUnderWay)
  if (current) return <ImportLine current={current} onOpen={onOpen} />
  return <BackupLine backups={backups.data ?? []} nags={nags && backupNagFrom < openedAt} onOpen={onBackups} />
}

function ImportLine({ current, onOpen }: { readonly current: Import; readonly onOpen: (id: string) => void }) {
  const verb = useImportVerb()
  const isRunning = current.status === 'running'
  const done = doneFiles(current)
  return (
    <section className={styles['line']} aria-label={t('running.label')}>
      <div
        className={styles['bar']}
        role="progressbar"
        aria-label={t('running.label')}
        aria-valuemin={0}
        aria-valuemax={Math.max(current.seen, 1)}
        aria-valuenow={done}
      >
        <div style={{ transform: `scaleX(${current.seen > 0 ? done / current.seen : 0})` }} />
      </div>
      <button type="button" className={styles['report']} onClick={() => onOpen(current.id)} title={t('running.report')}>
        <span className={styles['figures']}>{figures(current)}</span>
        {current.currentFile !== null && isRunning && (
          <span className={styles['file']}>{nameOf(current.currentFile)}</span>
        )}
      </button>
      {isRunning ? (
        <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'pause' })}>
          {t('running.pause')}
        </Button>
      ) : (
        <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'resume' })}>
          {t('running.resume')}
        </Button>
      )}
      <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'cancel' })}>
        {t('running.cancel')}
      </Button>
    </section>
  )
}

function figures(each: Import): string {
  const done = doneFiles(each)
  if (each.status === 'waiting') return each.problem ? reasonLine(each.problem) : t('running.waiting')
  if (each.status === 'paused') return t('running.paused', { done, total: each.seen })
  return [
    progressOf(each),
    each.filesPerSecond === null || each.filesPerSecond < 0.05
      ? null
      : t('running.rate', { rate: decimal(each.filesPerSecond) }),
    each.remainingSeconds === null || !each.scanComplete
      ? null
      : t('running.left', { duration: duration(each.remainingSeconds) }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}
