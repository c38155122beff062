import { useState, type ReactNode } from 'react'
import { CalendarClock, Ellipsis, FolderOpen, KeyRound, ScanSearch, Unplug, Brush } from 'lucide-react'
import type { Backup, RunBackup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { needsKey, stateOf, useControlBackup, useRunBackup } from '../../data/backups.ts'
import { shortPath } from '../../data/home-path.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { backupReasonLine } from '../../messages/backup-reason-line.ts'
import { contentsOf, keepLine, pausedLine, progressLine, shareOf, speedLine } from '../../messages/backup-lines.ts'
import { ago, bytes, dayName } from '../../messages/format.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { ChangePassphraseDialog } from './ChangePassphraseDialog.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { Runs } from './Runs.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { Snapshots } from './Snapshots.tsx'
import { BackupKeys } from './BackupKeys.tsx'
import styles from './BackupCard.module.css'

type Asked = 'schedule' | 'passphrase' | 'remove'

/** One place the vault is backed up to. */
export function BackupCard({ backup }: { readonly backup: Backup }) {
  const name = nameOfPath(backup.path)
  const run = useRunBackup()
  const control = useControlBackup()
  const [asked, setAsked] = useState<Asked | null>(null)
  /** What goes on once the passphrase was given. */
  const [locked, setLocked] = useState<(() => void) | null>(null)
  const askKey = (goOn: () => void): void => setLocked(() => goOn)
  const start = (input: RunBackup): void =>
    run.mutate(
      { id: backup.id, input },
      {
        onError: (error) => {
          if (needsKey(error)) askKey(() => start(input))
          else notify(sentenceOf(error))
        },
      },
    )
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(backup.path)) === false) notify(t('watch.folderGone'))
  }
  const steer = (verb: 'pause' | 'resume' | 'cancel'): void =>
    control.mutate(
      { id: backup.id, verb },
      {
        onError: (error) => {
          if (needsKey(error)) askKey(() => steer(verb))
          else notify(sentenceOf(error))
        },
      },
    )
  const { running, paused } = backup
  const isOff = running !== null || !backup.isReachable || run.isPending
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
        <Menu
          trigger={
            <IconButton name={t('watch.actions', { name })}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<CalendarClock size={16} />} onClick={() => setAsked('schedule')}>
            {t('backups.schedule')}
          </MenuItem>
          {!isOff && (
            <>
              <MenuItem icon={<ScanSearch size={16} />} onClick={() => start({ kind: 'check', readData: true })}>
                {t('backups.checkAll')}
              </MenuItem>
              <MenuItem icon={<Brush size={16} />} onClick={() => start({ kind: 'prune' })}>
                {t('backups.prune')}
              </MenuItem>
              <MenuItem icon={<KeyRound size={16} />} onClick={() => setAsked('passphrase')}>
                {t('backups.changePassphrase')}
              </MenuItem>
            </>
          )}
          {window.coffer && (
            <MenuItem icon={<FolderOpen size={16} />} onClick={() => void show()}>
              {t('viewer.showInFolder')}
            </MenuItem>
          )}
          <MenuItem icon={<Unplug size={16} />} onClick={() => setAsked('remove')}>
            {t('backups.remove')}
          </MenuItem>
        </Menu>
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
      {running ? (
        <div className={styles['running']}>
          <div className={styles['progress']}>
            <p className={styles['figures']}>
              <span>{progressLine(running)}</span>
              <span className={styles['speed']}>{speedLine(running)}</span>
            </p>
            <ProgressBar name={t(`backups.run.${running.kind}`)} share={shareOf(running)} />
          </div>
          {running.kind === 'create' && (
            <Button disabled={control.isPending} onClick={() => steer('pause')}>
              {t('backups.pause')}
            </Button>
          )}
          <Button disabled={control.isPending} onClick={() => steer('cancel')}>
            {t('backups.stop')}
          </Button>
        </div>
      ) : paused ? (
        <div className={styles['running']}>
          <div className={styles['progress']}>
            <p>{pausedLine(paused)}</p>
            {paused.totalFiles > 0 && (
              <ProgressBar name={t('backups.run.create')} share={shareOf({ ...paused, phase: 'originals' })} />
            )}
            <p className={styles['hint']}>{t('backups.paused')}</p>
          </div>
          <Button kind="primary" disabled={control.isPending || !backup.isReachable} onClick={() => steer('resume')}>
            {t('backups.resume')}
          </Button>
          <Button disabled={control.isPending} onClick={() => steer('cancel')}>
            {t('backups.stop')}
          </Button>
        </div>
      ) : (
        <div className={styles['actions']}>
          <Button kind="primary" disabled={isOff} onClick={() => start({ kind: 'create' })}>
            {t('backups.now')}
          </Button>
          <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => start({ kind: 'check' })}>
            {t('backups.check')}
          </Button>
          <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => start({ kind: 'prove' })}>
            {t('backups.prove')}
          </Button>
        </div>
      )}
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
          onClose={() => setLocked(null)}
          onOpen={() => {
            setLocked(null)
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
