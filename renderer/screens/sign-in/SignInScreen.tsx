import { useEffect, useRef, useState } from 'react'
import { UserRound } from 'lucide-react'
import type { VaultState } from '../../../main/contract/index.ts'
import { useSignIn } from '../../data/people.ts'
import { preferences, setPreferences } from '../../data/preferences.ts'
import { Button } from '../../components/Button.tsx'
import { Entrance } from '../../components/Entrance.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import { signInLine } from '../../messages/sign-in-lines.ts'
import styles from './SignInScreen.module.css'

type Someone = Extract<VaultState, { state: 'locked' }>['people'][number]

/** Who is here? Anyone who was last is chosen already; one person alone always is. */
export function SignInScreen({
  vaultName,
  people,
}: {
  readonly vaultName: string
  readonly people: readonly Someone[]
}) {
  const [last] = useState(() => preferences().lastPerson)
  const [chosen, choose] = useState<string | null>(last)
  // What goes on unseen is no longer this window’s to show.
  useEffect(() => void window.coffer?.setProgress(null, null), [])
  const someone = people.length === 1 ? people[0] : people.find((each) => each.username === chosen)
  return (
    <Entrance title={vaultName}>
      {someone ? (
        <Password key={someone.username} someone={someone} last={last} />
      ) : (
        <People people={people} onChoose={choose} />
      )}
      {someone && people.length > 1 && (
        <Button kind="quiet" onClick={() => choose(null)}>
          {t('signIn.another')}
        </Button>
      )}
    </Entrance>
  )
}

function People({
  people,
  onChoose,
}: {
  readonly people: readonly Someone[]
  readonly onChoose: (username: string) => void
}) {
  const stop = useOneStop()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.querySelector('button')?.focus(), [])
  return (
    <section ref={panel} className={styles['panel']}>
      <h2 className={styles['question']}>{t('signIn.who')}</h2>
      <ul ref={stop} className={styles['people']}>
        {people.map((each) => (
          <li key={each.username}>
            <button type="button" className={styles['someone']} onClick={() => onChoose(each.username)}>
              <UserRound />
              <span className={styles['name']}>{each.displayName ?? each.username}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Password({ someone, last }: { readonly someone: Someone; readonly last: string | null }) {
  const { username, displayName, hasPassword } = someone
  const [password, setPassword] = useState('')
  const signIn = useSignIn()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), [])
  const submit = (): void =>
    signIn.mutate(
      { username, ...(hasPassword && { password }) },
      {
        onSuccess: () => {
          // Where somebody else was is nothing to this person.
          if (last !== null && last !== username) location.hash = ''
          setPreferences({ lastPerson: username })
        },
        onError: () => {
          form.current?.querySelector('input')?.select()
        },
      },
    )
  return (
    <form
      ref={form}
      className={styles['panel']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!signIn.isPending) submit()
      }}
    >
      <h2 className={styles['question']}>{displayName ?? username}</h2>
      {hasPassword ? (
        <TextField
          label={t('signIn.password')}
          type="password"
          value={password}
          maxLength={1000}
          aria-invalid={signIn.isError}
          onText={setPassword}
        />
      ) : (
        <p className={styles['hint']}>{t('signIn.noPassword')}</p>
      )}
      {signIn.isError && <Problem sentence={signInLine(signIn.error)} />}
      <Button kind="primary" type="submit" disabled={(hasPassword && password === '') || signIn.isPending}>
        {signIn.isPending ? t('signIn.checking') : t('signIn.open')}
      </Button>
      {hasPassword && (
        <details className={styles['forgotten']}>
          <summary>{t('signIn.forgotten')}</summary>
          <p>{t('signIn.forgottenLead')}</p>
          <code className={styles['command']}>coffer users passwd {username} --recover</code>
        </details>
      )}
    </form>
  )
}
