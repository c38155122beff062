import { Button } from '../../parts/Button.tsx'
import { DropIcon } from '../../parts/icons.tsx'
import { words } from '../../words/en.ts'
import styles from './TimelineEmpty.module.css'

export function TimelineEmpty({ onImport }: { readonly onImport: (kind: 'folders' | 'files') => void }) {
  const isApp = window.coffer !== undefined
  return (
    <div className={styles['empty']}>
      <div className={styles['area']}>
        <DropIcon size={40} />
        <h2 className={styles['title']}>{words.timeline.emptyTitle}</h2>
        <p className={styles['lead']}>{isApp ? words.timeline.emptyLead : words.timeline.emptyBrowserLead}</p>
        <div className={styles['ways']}>
          <Button kind="primary" onClick={() => onImport('folders')}>
            {words.timeline.importFolder}
          </Button>
          {isApp && <Button onClick={() => onImport('files')}>{words.timeline.importFiles}</Button>}
        </div>
      </div>
    </div>
  )
}
