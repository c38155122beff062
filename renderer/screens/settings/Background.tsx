import { useBackground, useSetBackground } from '../../engine/background.ts'
import { Check } from '../../parts/Check.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { say } from '../../words/say.ts'
import styles from './Background.module.css'

/** Whether Coffer goes on when its window is closed, and starts by itself. */
export function Background() {
  const background = useBackground()
  const change = useSetBackground()
  if (!background.data) return null
  return (
    <>
      <Check isOn={background.data.staysWhenClosed} onChange={(staysWhenClosed) => change.mutate({ staysWhenClosed })}>
        <span>
          {say('background.stays')}
          <span className={styles['hint']}>{say('background.staysHint')}</span>
        </span>
      </Check>
      <Check isOn={background.data.startsAtLogin} onChange={(startsAtLogin) => change.mutate({ startsAtLogin })}>
        <span>
          {say('background.starts')}
          <span className={styles['hint']}>{say('background.startsHint')}</span>
        </span>
      </Check>
      {change.isError && <Problem sentence={say('background.failed')} />}
    </>
  )
}
