import type { Backup } from '../../../main/contract/index.ts'
import { Button } from '../../components/Button.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { pausedLine, progressLine, shareOf, speedLine } from '../../messages/backup-lines.ts'
import { t } from '../../messages/translate.ts'
import type { BackupControl } from './use-backup-control.ts'
import styles from './BackupCard.module.css'

/** What is under way with a backup, or else what can be started. */
export function BackupNow({
  backup,
  isOff,
  control,
}: {
  readonly backup: Backup
  /** Nothing can be started now. */
  readonly isOff: boolean
  readonly control: BackupControl
}) {
  const { running, paused } = backup
  if (running) {
    return (
      <div className={styles['running']}>
        <div className={styles['progress']}>
          <p className={styles['figures']}>
            <span>{progressLine(running)}</span>
            <span className={styles['speed']}>{speedLine(running)}</span>
          </p>
          <ProgressBar name={t(`backups.run.${running.kind}`)} share={shareOf(running)} />
        </div>
        {running.kind === 'create' && (
          <Button disabled={control.isSteering} onClick={() => control.steer('pause')}>
            {t('backups.pause')}
          </Button>
        )}
        <Button disabled={control.isSteering} onClick={() => control.steer('cancel')}>
          {t('backups.stop')}
        </Button>
      </div>
    )
  }
  if (paused) {
    return (
      <div className={styles['running']}>
        <div className={styles['progress']}>
          <p>{pausedLine(paused)}</p>
          {paused.totalFiles > 0 && (
            <ProgressBar name={t('backups.run.create')} share={shareOf({ ...paused, phase: 'originals' })} />
          )}
          <p className={styles['hint']}>{t('backups.paused')}</p>
        </div>
        <Button
          kind="primary"
          disabled={control.isSteering || !backup.isReachable}
          onClick={() => control.steer('resume')}
        >
          {t('backups.resume')}
        </Button>
        <Button disabled={control.isSteering} onClick={() => control.steer('cancel')}>
          {t('backups.stop')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles['actions']}>
      <Button kind="primary" disabled={isOff} onClick={() => control.start({ kind: 'create' })}>
        {t('backups.now')}
      </Button>
      <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => control.start({ kind: 'check' })}>
        {t('backups.check')}
      </Button>
      <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => control.start({ kind: 'prove' })}>
        {t('backups.prove')}
      </Button>
    </div>
  )
}
