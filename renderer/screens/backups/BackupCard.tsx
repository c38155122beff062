import { useState, type ReactNode } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { stateOf } from '../../data/backups.ts'
import { shortPath } from '../../data/home-path.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { contentsOf, keepLine } from '../../messages/backup-lines.ts'
import { backupReasonLine } from '../../messages/backup-reason-line.ts'
import { ago, bytes, dayName } from '../../messages/format.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { BackupKeys } from './BackupKeys.tsx'
import { BackupMenu, type Asked } from './BackupMenu.tsx'
import { BackupNow } from './BackupNow.tsx'
import { ChangePassphraseDialog } from './ChangePassphraseDialog.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { Runs } from './Runs.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { Snapshots } from './Snapshots.tsx'
import { useBackupControl } from './use-backup-control.ts'
import styles from './BackupCard.module.css'

/** One place the vault is backed up to. */
export function BackupCard({ backup }: { readonly backup: Backup }) {
  const name = nameOfPath(backup.path)
  const control = useBackupControl(backup)
  const { askKey, locked, stopAsking } = control
  const [asked, setAsked] = useState<Asked | null>(null)
  const { running } = backup
  const isOff = running !== null || !backup.isReachable || control.isStarting
  const state = backup.isReachable || running ? stateOf(backup) : 'away'
  return (
    <section className={styles['card']} aria-label={name}>
      <header className={styles['header']}>
        <div className={styles['what']}>
          <h2 className={styles['name']}>{name}</h2>
          <p className={styles['path']} title={backup.path}>
            {shortPath(backup.path)}
          </p>
        </div>
        <span className={styles['state']} data-state={state}>
          {t(`backups.state.${state}`)}
        </span>
        <BackupMenu backup={backup} isOff={isOff} onAsk={setAsked} onStart={control.start} />
      </header>
      {backup.reason !== null && !running && <Problem sentence={backupReasonLine(backup.reason)} />}
      {!backup.isReachable && !running && <p className={styles['away']}>{t('backups.connect')}</p>}
      {backup.waitsFor !== null && <p className={styles['away']}>{t(`backups.waits.${backup.waitsFor}`)}</p>}
      {!backup.hasKey && backup.isReachable && (
        <p className={styles['away']}>
          {t('backups.locked')}
          <Button onClick={() => askKey(() => {})}>{t('backups.giveKey')}</Button>
        </p>
      )}
      <dl className={styles['facts']}>
        <Fact name={t('backups.lastSaved')}>
          {backup.lastSavedAt === null ? t('backups.notYet') : ago(backup.lastSavedAt)}
        </Fact>
        <Fact name={t('backups.lastProven')}>
          {backup.lastProvenAt === null ? t('backups.notYet') : dayName(backup.lastProvenAt)}
        </Fact>
        <Fact name={t('backups.contents')}>{contentsOf(backup)}</Fact>
        {backup.repositoryBytes !== null && <Fact name={t('backups.takes')}>{bytes(backup.repositoryBytes)}</Fact>}
        <Fact name={t('backups.when')}>
          {backup.isEnabled ? t('backups.every', { hours: backup.everyHours }) : t('backups.byHand')}
          <span className={styles['keep']}>{keepLine(backup)}</span>
        </Fact>
      </dl>
      <BackupNow backup={backup} isOff={isOff} control={control} />
      <Folded title={t('backups.history')}>
        <Runs id={backup.id} />
      </Folded>
      {backup.isReachable && (
        <Folded title={t('backups.snapshotsTitle')}>
          <Snapshots backup={backup} onLocked={askKey} />
        </Folded>
      )}
      <Folded title={t('backupKeys.title')}>
        <BackupKeys backup={backup} onPassphrase={() => setAsked('passphrase')} onLocked={askKey} />
      </Folded>
      {asked === 'schedule' && <ScheduleDialog backup={backup} onClose={() => setAsked(null)} />}
      {asked === 'passphrase' && (
        <ChangePassphraseDialog backup={backup} onClose={() => setAsked(null)} onLocked={askKey} />
      )}
      {asked === 'remove' && <RemoveDialog backup={backup} onClose={() => setAsked(null)} />}
      {locked && (
        <KeyDialog
          backup={backup}
          onClose={stopAsking}
          onOpen={() => {
            stopAsking()
            locked()
          }}
        />
      )}
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Asks for what is inside only once it is open. */
function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles['folded']} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  )
}
