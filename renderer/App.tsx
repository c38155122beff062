import { useEffect, useState } from 'react'
import type { VaultState } from '../main/contract/index.ts'
import { EngineProblem, sentenceOf } from './data/client.ts'
import { useEngineEvents } from './data/events.ts'
import { useVault } from './data/vault.ts'
import { Frame } from './frame/Frame.tsx'
import { Mark } from './components/Mark.tsx'
import { Problem } from './components/Problem.tsx'
import { SignInScreen } from './screens/sign-in/SignInScreen.tsx'
import { WelcomeScreen } from './screens/welcome/WelcomeScreen.tsx'
import { t } from './messages/translate.ts'
import styles from './App.module.css'

export function App() {
  const vault = useVault()
  const state = vault.data
  if (!state) {
    if (!vault.isError) return <Waiting sentence={t('loading')} />
    const isAway = vault.error instanceof EngineProblem && vault.error.problem === null
    return (
      <div className={styles['centre']}>
        <Problem sentence={isAway ? t('unreachable') : sentenceOf(vault.error)} onRetry={() => void vault.refetch()} />
      </div>
    )
  }
  return <Opened state={state} />
}

function Opened({ state }: { readonly state: VaultState }) {
  // An engine that is started again opens the same vault again; what is on screen stays meanwhile.
  const [shown, setShown] = useState(state.state === 'ready' ? state : null)
  if (state.state === 'ready' && state !== shown) setShown(state)
  if (state.state === 'none' && shown) setShown(null)
  // While one is opened that somebody chose here, the form stays: it says why when that fails.
  const [welcome, setWelcome] = useState(state.state === 'none' ? state : null)
  if (state.state === 'none' && state !== welcome) setWelcome(state)
  // The session ended elsewhere: the page is loaded again, so that nothing of it stays in memory.
  const isLeft = state.state === 'locked' && shown !== null
  useEffect(() => {
    if (isLeft) location.reload()
  }, [isLeft])
  if (isLeft) return null
  if (shown) return <Frame key={`${shown.id} ${shown.me.id}`} vault={shown} />
  if (state.state === 'locked') return <SignInScreen key={state.id} vaultName={state.name} people={state.people} />
  return (
    <>
      <Listening />
      {welcome ? (
        <WelcomeScreen suggestion={welcome.suggestion} problem={welcome.problem} problemCode={welcome.problemCode} />
      ) : (
        <Waiting sentence={t('welcome.opening')} />
      )}
    </>
  )
}

/** Hears of a vault that was opened elsewhere, such as from the command line. */
function Listening() {
  useEngineEvents(null)
  return null
}

function Waiting({ sentence }: { readonly sentence: string }) {
  return (
    <div className={styles['centre']} role="status">
      <span className={styles['mark']}>
        <Mark size={36} />
      </span>
      <p className={styles['late']}>{sentence}</p>
    </div>
  )
}
