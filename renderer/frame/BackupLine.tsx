import type { Backup } from '../../main/contract/index.ts'
import { lastSaved, stateOfAll, useControlBackup } from '../data/backups.ts'
import { setPreferences } from '../data/preferences.ts'
import { Button } from '../components/Button.tsx'
import { progressLine, shareOf, speedLine } from '../messages/backup-lines.ts'
import { dayName } from '../messages/format.ts'
import { t } from '../messages/translate.ts'
import styles from './StatusLine.module.css'

const hourMs = 3_600_000

/** A backup under way; and, where it may be said, that the last one lies too long ago. */
export function BackupLine({
  backups,
  nags,
  onOpen,
}: {
  readonly backups: readonly Backup[]
  readonly nags: boolean
  readonly onOpen: () => void
}) {
  const current = backups.find((each) => each.running !== null)
  if (current?.running) return <Running backup={current} now={current.running} onOpen={onOpen} />
  if (!nags || stateOfAll(backups) !== 'stale') return null
  const saved = lastSaved(backups)
  return (
    <section className={styles['line']} aria-label={t('nav.backups')}>
      <span className={styles['nag']}>
        {saved === null ? t('backups.nagNever') : t('backups.nag', { when: dayName(saved) })}
      </span>
      <Button kind="quiet" onClick={onOpen}>
        {t('backups.nagOpen')}
      </Button>
      <Button kind="quiet" onClick={() => setPreferences({ backupNagFrom: Date.now() + 18 * hourMs })}>
        {t('backups.nagLater')}
      </Button>
    </section>
  )
}

function Running({
  backup,
  now,
  onOpen,
}: {
  readonly backup: Backup
  readonly now: NonNullable<Backup['running']>
  readonly onOpen: () => void
}) {
  const control = useControlBackup()
  const share = shareOf(now) ?? 0
  return (
    <section className={styles['line']} aria-label={t('backups.standing.running')}>
      <div
        className={styles['bar']}
        role="progressbar"
        aria-label={t('backups.standing.running')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
      <button type="button" className={styles['report']} onClick={onOpen}>
        <span className={styles['figures']}>
          {[progressLine(now), speedLine(now)].filter((part) => part !== null).join(' · ')}
        </span>
      </button>
      {now.kind === 'create' && (
        <Button
          kind="quiet"
          disabled={control.isPending}
          onClick={() => control.mutate({ id: backup.id, verb: 'pause' })}
        >
          {t('backups.pause')}
        </Button>
      )}
      <Button
        kind="quiet"
        disabled={control.isPending}
        onClick={() => control.mutate({ id: backup.id, verb: 'cancel' })}
      >
        {t('backups.stop')}
      </Button>
    </section>
  )
}
