import { useState, type ReactNode } from 'react'
import { UserPlus } from 'lucide-react'
import type { Backup, BackupKeyEntry } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useBackupKeys } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { keyEntryName } from '../../messages/key-lines.ts'
import { LetInDialog } from './LetInDialog.tsx'
import { NewRecoveryKeyDialog } from './NewRecoveryKeyDialog.tsx'
import { RemoveKeyDialog } from './RemoveKeyDialog.tsx'
import lines from './Lines.module.css'
import styles from './BackupKeys.module.css'

type Asked =
  | { readonly what: 'recovery'; readonly replaces: boolean }
  | { readonly what: 'person' }
  | { readonly what: 'remove'; readonly way: BackupKeyEntry; readonly left: readonly BackupKeyEntry[] }

/** What opens a backup, and how that is changed. */
export function BackupKeys({
  backup,
  onPassphrase,
  onLocked,
}: {
  readonly backup: Backup
  readonly onPassphrase: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = (): void => setAsked(null)
  // The dialogs stay whatever becomes of the list: a recovery key is seen only once.
  return (
    <>
      <List backup={backup} onPassphrase={onPassphrase} onAsk={setAsked} />
      {asked?.what === 'recovery' && (
        <NewRecoveryKeyDialog backup={backup} replaces={asked.replaces} onClose={close} onLocked={onLocked} />
      )}
      {asked?.what === 'person' && <LetInDialog backup={backup} onClose={close} onLocked={onLocked} />}
      {asked?.what === 'remove' && (
        <RemoveKeyDialog backup={backup} way={asked.way} left={asked.left} onClose={close} onLocked={onLocked} />
      )}
    </>
  )
}

function List({
  backup,
  onPassphrase,
  onAsk,
}: {
  readonly backup: Backup
  readonly onPassphrase: () => void
  readonly onAsk: (asked: Asked) => void
}) {
  const ways = useBackupKeys(backup)
  const stop = useOneStop()
  if (!backup.isReachable) return <p className={lines['none']}>{t('backupKeys.away')}</p>
  if (ways.isError) return <Problem sentence={sentenceOf(ways.error)} onRetry={() => void ways.refetch()} />
  if (ways.isPending) return <p className={lines['none']}>{t('loading')}</p>
  const isOff = backup.running !== null
  const remove = (way: BackupKeyEntry) => {
    const left = ways.data.filter((each) => each !== way)
    if (left.length === 0) return null
    return (
      <Act act="remove" name={keyEntryName(way)} isOff={isOff} onAct={() => onAsk({ what: 'remove', way, left })} />
    )
  }
  return (
    <>
      <p className={styles['lead']}>{t(ways.data.length === 0 ? 'backupKeys.nothing' : 'backupKeys.lead')}</p>
      <ul ref={stop}>
        {kinds.map((kind) => {
          const way = ways.data.find((each) => each.kind === kind)
          const name = t(`backupKeys.name.${kind}`)
          const ask = kind === 'passphrase' ? onPassphrase : () => onAsk({ what: kind, replaces: way !== undefined })
          return (
            <Line key={kind} name={name} what={t(way ? `backupKeys.what.${kind}` : 'backupKeys.none')}>
              <Act act={way ? acts[kind] : 'add'} name={name} isOff={isOff} onAct={ask} />
              {way && remove(way)}
            </Line>
          )
        })}
        {ways.data
          .filter((each) => each.kind === 'person')
          .map((way) => (
            <Line key={way.name} name={way.name} what={t('backupKeys.what.person')}>
              {remove(way)}
            </Line>
          ))}
      </ul>
      <div className={styles['foot']}>
        <Button disabled={isOff} onClick={() => onAsk({ what: 'person' })}>
          <UserPlus size={16} />
          {t('backupKeys.letIn')}
        </Button>
        {isOff && <p className={styles['lead']}>{t('backupKeys.busy')}</p>}
      </div>
    </>
  )
}

const kinds = ['passphrase', 'recovery'] as const
const acts = { passphrase: 'change', recovery: 'replace' } as const

function Line({
  name,
  what,
  children,
}: {
  readonly name: string
  readonly what: string
  readonly children: ReactNode
}) {
  return (
    <li className={styles['line']}>
      <div className={styles['way']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['lead']}>{what}</span>
      </div>
      {children}
    </li>
  )
}

function Act({
  act,
  name,
  isOff,
  onAct,
}: {
  readonly act: 'add' | 'change' | 'replace' | 'remove'
  readonly name: string
  readonly isOff: boolean
  readonly onAct: () => void
}) {
  return (
    <Button kind="quiet" disabled={isOff} aria-label={t(`backupKeys.actNamed.${act}`, { name })} onClick={onAct}>
      {t(`backupKeys.act.${act}`)}
    </Button>
  )
}
