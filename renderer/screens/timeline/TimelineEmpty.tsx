import { Images } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { t } from '../../messages/translate.ts'
import styles from './TimelineEmpty.module.css'

export function TimelineEmpty({ onImport }: { readonly onImport: (kind: 'folders' | 'files') => void }) {
  const isApp = window.coffer !== undefined
  return (
    <div className={styles['empty']}>
      <div className={styles['area']}>
        <Images size={40} />
        <h2 className={styles['title']}>{t('timeline.emptyTitle')}</h2>
        <p className={styles['lead']}>{isApp ? t('timeline.emptyLead') : t('timeline.emptyBrowserLead')}</p>
        <div className={styles['ways']}>
          <Button kind="primary" onClick={() => onImport('folders')}>
            {t('timeline.importFolder')}
          </Button>
          {isApp && <Button onClick={() => onImport('files')}>{t('timeline.importFiles')}</Button>}
        </div>
      </div>
    </div>
  )
}
