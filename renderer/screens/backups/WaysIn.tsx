import { useState, type ReactNode } from 'react'
import { UserPlus } from 'lucide-react'
import type { Backup, BackupWay } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useWaysIn } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { useOneStop } from '../../parts/one-stop.ts'
import { Problem } from '../../parts/Problem.tsx'
import { say } from '../../words/say.ts'
import { wayName } from '../../words/way-lines.ts'
import { LetInDialog } from './LetInDialog.tsx'
import { NewRecoveryKeyDialog } from './NewRecoveryKeyDialog.tsx'
import { RemoveWayDialog } from './RemoveWayDialog.tsx'
import lines from './Lines.module.css'
import styles from './WaysIn.module.css'

type Asked =
  | { readonly what: 'recovery'; readonly replaces: boolean }
  | { readonly what: 'person' }
  | { readonly what: 'remove'; readonly way: BackupWay; readonly left: readonly BackupWay[] }

/** What opens a backup, and how that is changed. */
export function WaysIn({
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
        <RemoveWayDialog backup={backup} way={asked.way} left={asked.left} onClose={close} onLocked={onLocked} />
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
  const ways = useWaysIn(backup)
  const stop = useOneStop()
  if (!backup.isReachable) return <p className={lines['none']}>{say('ways.away')}</p>
  if (ways.isError) return <Problem sentence={sentenceOf(ways.error)} onRetry={() => void ways.refetch()} />
  if (ways.isPending) return <p className={lines['none']}>{say('loading')}</p>
  const isOff = backup.running !== null
  const remove = (way: BackupWay) => {
    const left = ways.data.filter((each) => each !== way)
    if (left.length === 0) return null
    return <Act act="remove" name={wayName(way)} isOff={isOff} onAct={() => onAsk({ what: 'remove', way, left })} />
  }
  return (
    <>
      <p className={styles['lead']}>{say(ways.data.length === 0 ? 'ways.nothing' : 'ways.lead')}</p>
      <ul ref={stop}>
        {kinds.map((kind) => {
          const way = ways.data.find((each) => each.kind === kind)
          const name = say(`ways.name.${kind}`)
          const ask = kind === 'passphrase' ? onPassphrase : () => onAsk({ what: kind, replaces: way !== undefined })
          return (
            <Line key={kind} name={name} what={say(way ? `ways.what.${kind}` : 'ways.none')}>
              <Act act={way ? acts[kind] : 'add'} name={name} isOff={isOff} onAct={ask} />
              {way && remove(way)}
            </Line>
          )
        })}
        {ways.data
          .filter((each) => each.kind === 'person')
          .map((way) => (
            <Line key={way.name} name={way.name} what={say('ways.what.person')}>
              {remove(way)}
            </Line>
          ))}
      </ul>
      <div className={styles['foot']}>
        <Button disabled={isOff} onClick={() => onAsk({ what: 'person' })}>
          <UserPlus size={16} />
          {say('ways.letIn')}
        </Button>
        {isOff && <p className={styles['lead']}>{say('ways.busy')}</p>}
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
    <Button kind="quiet" disabled={isOff} aria-label={say(`ways.actNamed.${act}`, { name })} onClick={onAct}>
      {say(`ways.act.${act}`)}
    </Button>
  )
}
