import { useState } from 'react'
import { Lock } from 'lucide-react'
import type { Person, Session, VaultState } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { lock, useEndSession, usePeople, useSessions } from '../../data/people.ts'
import { setPreferences, usePreferences } from '../../data/preferences.ts'
import { Button } from '../../components/Button.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { ago, bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { PasswordDialog, RemovePasswordDialog } from './PasswordDialog.tsx'
import styles from './PeoplePart.module.css'

const minutes = [5, 15, 60, 0] as const

/** What concerns anyone who is signed in: room, password, lock, and where else they are signed in. */
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
      <p className={styles['hint']}>{t(me.hasPassword ? 'own.hasPassword' : 'own.noPassword')}</p>
      <div className={styles['actions']}>
        <Button onClick={() => setDialog('change')}>{t(me.hasPassword ? 'own.change' : 'own.set')}</Button>
        {me.hasPassword && isAlone && (
          <Button kind="quiet" onClick={() => setDialog('remove')}>
            {t('own.remove')}
          </Button>
        )}
        {me.isSignedIn && (
          <Button kind="quiet" onClick={() => void lock()}>
            <Lock size={16} />
            {t('own.lockNow')}
          </Button>
        )}
      </div>
      {me.isSignedIn && (
        <>
          <Choices legend={t('own.lockAfter')}>
            {minutes.map((each) => (
              <Choice
                key={each}
                group="lock"
                name={each === 0 ? t('own.lockNever') : t('own.lockMinutes', { minutes: each })}
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
  if (storageQuota === null) return <p>{t('own.used', { used: bytes(storageUsed) })}</p>
  return (
    <div className={styles['room']}>
      <p>{t('own.usedOf', { used: bytes(storageUsed), quota: bytes(storageQuota) })}</p>
      <ProgressBar name={t('own.room')} share={Math.min(storageUsed / storageQuota, 1)} />
      {storageUsed >= storageQuota && <p className={styles['hint']}>{t('own.full')}</p>}
    </div>
  )
}

function Sessions() {
  const sessions = useSessions()
  const stop = useOneStop()
  const end = useEndSession()
  return (
    <section className={styles['sessions']} aria-label={t('own.sessions')}>
      <h3 className={styles['legend']}>{t('own.sessions')}</h3>
      {sessions.isError && <Problem sentence={sentenceOf(sessions.error)} onRetry={() => void sessions.refetch()} />}
      <ul ref={stop}>
        {sessions.data?.map((each: Session) => (
          <li key={each.id} className={styles['line']}>
            <span className={styles['grow']}>{t(`own.client.${each.client}`)}</span>
            <span className={styles['hint']}>{each.isCurrent ? t('own.thisOne') : ago(each.lastUsedAt)}</span>
            {!each.isCurrent && (
              <Button kind="quiet" disabled={end.isPending} onClick={() => end.mutate(each.id)}>
                {t('own.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.isError && <Problem sentence={sentenceOf(end.error)} />}
      <div className={styles['actions']}>
        <Button kind="quiet" onClick={() => void lock('everywhere')}>
          {t('own.endAll')}
        </Button>
      </div>
    </section>
  )
}
