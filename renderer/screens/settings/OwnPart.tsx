import { useState } from 'react'
import { Lock } from 'lucide-react'
import type { Person, Session, VaultState } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { lock, useEndSession, usePeople, useSessions } from '../../engine/people.ts'
import { setPreferences, usePreferences } from '../../engine/preferences.ts'
import { Button } from '../../parts/Button.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { Choices } from '../../parts/Choices.tsx'
import { useOneStop } from '../../parts/one-stop.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ProgressBar } from '../../parts/ProgressBar.tsx'
import { ago, bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import { PasswordDialog, RemovePasswordDialog } from './PasswordDialog.tsx'
import styles from './PeoplePart.module.css'

const minutes = [5, 15, 60, 0] as const

/** What concerns whoever is signed in: room, password, lock, and where else they are signed in. */
export function OwnPart({ me }: { readonly me: Extract<VaultState, { state: 'ready' }>['me'] }) {
  const people = usePeople()
  const { lockAfterMinutes } = usePreferences()
  const [dialog, setDialog] = useState<'change' | 'remove' | null>(null)
  const own = people.data?.find((each) => each.id === me.id)
  if (people.isError) return <Problem sentence={sentenceOf(people.error)} onRetry={() => void people.refetch()} />
  const isAlone = me.isAdmin && people.data?.length === 1
  return (
    <>
      {own && <Room person={own} />}
      <p className={styles['hint']}>{say(me.hasPassword ? 'own.hasPassword' : 'own.noPassword')}</p>
      <div className={styles['actions']}>
        <Button onClick={() => setDialog('change')}>{say(me.hasPassword ? 'own.change' : 'own.set')}</Button>
        {me.hasPassword && isAlone && (
          <Button kind="quiet" onClick={() => setDialog('remove')}>
            {say('own.remove')}
          </Button>
        )}
        {me.isSignedIn && (
          <Button kind="quiet" onClick={() => void lock()}>
            <Lock size={16} />
            {say('own.lockNow')}
          </Button>
        )}
      </div>
      {me.isSignedIn && (
        <>
          <Choices legend={say('own.lockAfter')}>
            {minutes.map((each) => (
              <Choice
                key={each}
                group="lock"
                name={each === 0 ? say('own.lockNever') : say('own.lockMinutes', { minutes: each })}
                isChosen={lockAfterMinutes === each}
                onChoose={() => setPreferences({ lockAfterMinutes: each })}
              />
            ))}
          </Choices>
          <Sessions />
        </>
      )}
      {dialog === 'change' && <PasswordDialog person={me} isOwn onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemovePasswordDialog id={me.id} onClose={() => setDialog(null)} />}
    </>
  )
}

function Room({ person: { storageUsed, storageQuota } }: { readonly person: Person }) {
  if (storageQuota === null) return <p>{say('own.used', { used: bytes(storageUsed) })}</p>
  return (
    <div className={styles['room']}>
      <p>{say('own.usedOf', { used: bytes(storageUsed), quota: bytes(storageQuota) })}</p>
      <ProgressBar name={say('own.room')} share={Math.min(storageUsed / storageQuota, 1)} />
      {storageUsed >= storageQuota && <p className={styles['hint']}>{say('own.full')}</p>}
    </div>
  )
}

function Sessions() {
  const sessions = useSessions()
  const stop = useOneStop()
  const end = useEndSession()
  return (
    <section className={styles['sessions']} aria-label={say('own.sessions')}>
      <h3 className={styles['legend']}>{say('own.sessions')}</h3>
      {sessions.isError && <Problem sentence={sentenceOf(sessions.error)} onRetry={() => void sessions.refetch()} />}
      <ul ref={stop}>
        {sessions.data?.map((each: Session) => (
          <li key={each.id} className={styles['line']}>
            <span className={styles['grow']}>{say(`own.client.${each.client}`)}</span>
            <span className={styles['hint']}>{each.isCurrent ? say('own.thisOne') : ago(each.lastUsedAt)}</span>
            {!each.isCurrent && (
              <Button kind="quiet" disabled={end.isPending} onClick={() => end.mutate(each.id)}>
                {say('own.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.isError && <Problem sentence={sentenceOf(end.error)} />}
      <div className={styles['actions']}>
        <Button kind="quiet" onClick={() => void lock('everywhere')}>
          {say('own.endAll')}
        </Button>
      </div>
    </section>
  )
}
