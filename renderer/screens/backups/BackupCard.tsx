import { useState, type ReactNode } from 'react'
import { CalendarClock, Ellipsis, FolderOpen, KeyRound, ScanSearch, Unplug, Brush } from 'lucide-react'
import type { Backup, RunBackup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { needsKey, stateOf, useControlBackup, useRunBackup } from '../../engine/backups.ts'
import { shortPath } from '../../engine/home-path.ts'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ProgressBar } from '../../parts/ProgressBar.tsx'
import { backupReasonLine } from '../../words/backup-reason-line.ts'
import { contentsOf, keepLine, pausedLine, progressLine, shareOf, speedLine } from '../../words/backup-lines.ts'
import { ago, bytes, dayName } from '../../words/format.ts'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
import { ChangePassphraseDialog } from './ChangePassphraseDialog.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { Runs } from './Runs.tsx'
import { ScheduleDialog } from './ScheduleDialog.tsx'
import { Snapshots } from './Snapshots.tsx'
import { WaysIn } from './WaysIn.tsx'
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
  const start = (wish: RunBackup): void =>
    run.mutate(
      { id: backup.id, wish },
      {
        onError: (error) => {
          if (needsKey(error)) askKey(() => start(wish))
          else notify(sentenceOf(error))
        },
      },
    )
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(backup.path)) === false) notify(say('watch.folderGone'))
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
          {say(`backups.state.${state}`)}
        </span>
        <Menu
          trigger={
            <IconButton name={say('watch.actions', { name })}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<CalendarClock size={16} />} onClick={() => setAsked('schedule')}>
            {say('backups.schedule')}
          </MenuItem>
          {!isOff && (
            <>
              <MenuItem icon={<ScanSearch size={16} />} onClick={() => start({ kind: 'check', readData: true })}>
                {say('backups.checkAll')}
              </MenuItem>
              <MenuItem icon={<Brush size={16} />} onClick={() => start({ kind: 'prune' })}>
                {say('backups.prune')}
              </MenuItem>
              <MenuItem icon={<KeyRound size={16} />} onClick={() => setAsked('passphrase')}>
                {say('backups.changePassphrase')}
              </MenuItem>
            </>
          )}
          {window.coffer && (
            <MenuItem icon={<FolderOpen size={16} />} onClick={() => void show()}>
              {say('viewer.showInFolder')}
            </MenuItem>
          )}
          <MenuItem icon={<Unplug size={16} />} onClick={() => setAsked('remove')}>
            {say('backups.remove')}
          </MenuItem>
        </Menu>
      </header>
      {backup.reason !== null && !running && <Problem sentence={backupReasonLine(backup.reason)} />}
      {!backup.isReachable && !running && <p className={styles['away']}>{say('backups.connect')}</p>}
      {backup.waitsFor !== null && <p className={styles['away']}>{say(`backups.waits.${backup.waitsFor}`)}</p>}
      {!backup.hasKey && backup.isReachable && (
        <p className={styles['away']}>
          {say('backups.locked')}
          <Button onClick={() => askKey(() => {})}>{say('backups.giveKey')}</Button>
        </p>
      )}
      <dl className={styles['facts']}>
        <Fact name={say('backups.lastSaved')}>
          {backup.lastSavedAt === null ? say('backups.notYet') : ago(backup.lastSavedAt)}
        </Fact>
        <Fact name={say('backups.lastProven')}>
          {backup.lastProvenAt === null ? say('backups.notYet') : dayName(backup.lastProvenAt)}
        </Fact>
        <Fact name={say('backups.contents')}>{contentsOf(backup)}</Fact>
        {backup.repositoryBytes !== null && <Fact name={say('backups.takes')}>{bytes(backup.repositoryBytes)}</Fact>}
        <Fact name={say('backups.when')}>
          {backup.isEnabled ? say('backups.every', { hours: backup.everyHours }) : say('backups.byHand')}
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
            <ProgressBar name={say(`backups.run.${running.kind}`)} share={shareOf(running)} />
          </div>
          {running.kind === 'create' && (
            <Button disabled={control.isPending} onClick={() => steer('pause')}>
              {say('backups.pause')}
            </Button>
          )}
          <Button disabled={control.isPending} onClick={() => steer('cancel')}>
            {say('backups.stop')}
          </Button>
        </div>
      ) : paused ? (
        <div className={styles['running']}>
          <div className={styles['progress']}>
            <p>{pausedLine(paused)}</p>
            {paused.totalFiles > 0 && (
              <ProgressBar name={say('backups.run.create')} share={shareOf({ ...paused, phase: 'originals' })} />
            )}
            <p className={styles['hint']}>{say('backups.paused')}</p>
          </div>
          <Button kind="primary" disabled={control.isPending || !backup.isReachable} onClick={() => steer('resume')}>
            {say('backups.resume')}
          </Button>
          <Button disabled={control.isPending} onClick={() => steer('cancel')}>
            {say('backups.stop')}
          </Button>
        </div>
      ) : (
        <div className={styles['actions']}>
          <Button kind="primary" disabled={isOff} onClick={() => start({ kind: 'create' })}>
            {say('backups.now')}
          </Button>
          <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => start({ kind: 'check' })}>
            {say('backups.check')}
          </Button>
          <Button disabled={isOff || backup.lastSavedAt === null} onClick={() => start({ kind: 'prove' })}>
            {say('backups.prove')}
          </Button>
        </div>
      )}
      <Folded title={say('backups.history')}>
        <Runs id={backup.id} />
      </Folded>
      {backup.isReachable && (
        <Folded title={say('backups.snapshotsTitle')}>
          <Snapshots backup={backup} onLocked={askKey} />
        </Folded>
      )}
      <Folded title={say('ways.title')}>
        <WaysIn backup={backup} onPassphrase={() => setAsked('passphrase')} onLocked={askKey} />
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
