import { useEngineAway } from '../data/connection.ts'
import { t } from '../messages/translate.ts'
import styles from './AwayNote.module.css'

/** Says, over everything and in one line, that the engine has stopped and is being started again. It goes by itself. */
export function AwayNote() {
  const state = useEngineAway()
  return (
    <div className={styles['place']} role="status">
      {state !== 'no' && (
        <p className={styles['note']}>
          <span className={styles['dot']} aria-hidden="true" />
          {t(state === 'long' ? 'away.long' : 'away.now')}
        </p>
      )}
    </div>
  )
}
