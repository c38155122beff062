import { useBackground, useSetBackground } from '../../data/background.ts'
import { Check } from '../../components/Check.tsx'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
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
          {t('background.stays')}
          <span className={styles['hint']}>{t('background.staysHint')}</span>
        </span>
      </Check>
      <Check isOn={background.data.startsAtLogin} onChange={(startsAtLogin) => change.mutate({ startsAtLogin })}>
        <span>
          {t('background.starts')}
          <span className={styles['hint']}>{t('background.startsHint')}</span>
        </span>
      </Check>
      {change.isError && <Problem sentence={t('background.failed')} />}
    </>
  )
}
