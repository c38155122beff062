import type { Backup } from '../../main/contract/index.ts'
import { lastSaved, stateOfAll, useControlBackup } from '../engine/backups.ts'
import { setPreferences } from '../engine/preferences.ts'
import { Button } from '../parts/Button.tsx'
import { progressLine, shareOf, speedLine } from '../words/backup-lines.ts'
import { dayName } from '../words/format.ts'
import { say } from '../words/say.ts'
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
    <section className={styles['line']} aria-label={say('nav.backups')}>
      <span className={styles['nag']}>
        {saved === null ? say('backups.nagNever') : say('backups.nag', { when: dayName(saved) })}
      </span>
      <Button kind="quiet" onClick={onOpen}>
        {say('backups.nagOpen')}
      </Button>
      <Button kind="quiet" onClick={() => setPreferences({ backupNagFrom: Date.now() + 18 * hourMs })}>
        {say('backups.nagLater')}
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
    <section className={styles['line']} aria-label={say('backups.standing.running')}>
      <div
        className={styles['bar']}
        role="progressbar"
        aria-label={say('backups.standing.running')}
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
          {say('backups.pause')}
        </Button>
      )}
      <Button
        kind="quiet"
        disabled={control.isPending}
        onClick={() => control.mutate({ id: backup.id, verb: 'cancel' })}
      >
        {say('backups.stop')}
      </Button>
    </section>
  )
}
