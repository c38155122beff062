import { Images } from 'lucide-react'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import styles from './TimelineEmpty.module.css'

export function TimelineEmpty({ onImport }: { readonly onImport: (kind: 'folders' | 'files') => void }) {
  const isApp = window.coffer !== undefined
  return (
    <div className={styles['empty']}>
      <div className={styles['area']}>
        <Images size={40} />
        <h2 className={styles['title']}>{say('timeline.emptyTitle')}</h2>
        <p className={styles['lead']}>{isApp ? say('timeline.emptyLead') : say('timeline.emptyBrowserLead')}</p>
        <div className={styles['ways']}>
          <Button kind="primary" onClick={() => onImport('folders')}>
            {say('timeline.importFolder')}
          </Button>
          {isApp && <Button onClick={() => onImport('files')}>{say('timeline.importFiles')}</Button>}
        </div>
      </div>
    </div>
  )
}
