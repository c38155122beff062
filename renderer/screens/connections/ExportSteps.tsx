import { ExternalLink, FileArchive } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { openLink } from '../../components/open-link.ts'
import { t, type MessageKey } from '../../messages/translate.ts'
import { exportPage } from './export-pages.ts'
import styles from './StepDialog.module.css'

const steps: Readonly<Record<string, MessageKey>> = {
  strava: 'connect.steps.strava',
  instagram: 'connect.steps.instagram',
  google_photos: 'connect.steps.google_photos',
  facebook: 'connect.steps.facebook',
  x: 'connect.steps.x',
  threads: 'connect.steps.threads',
  flickr: 'connect.steps.flickr',
}

/** How to ask a service for its export, and the way to bring it in. */
export function ExportSteps({
  platform,
  isInstead,
  onImport,
}: {
  readonly platform: string
  /** Beside another way, under a heading of its own. */
  readonly isInstead: boolean
  readonly onImport: () => void
}) {
  const said = steps[platform]
  const page = exportPage(platform)
  if (said === undefined) return null
  return (
    <div className={isInstead ? styles['instead'] : styles['form']}>
      {isInstead && <h3 className={styles['title']}>{t('connect.instead')}</h3>}
      <ol className={styles['steps']}>
        {t(said)
          .split('\n')
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <div className={styles['buttons']}>
        {page !== null && (
          <Button onClick={() => void openLink(page)}>
            <ExternalLink size={16} />
            {t('connect.openPage')}
          </Button>
        )}
        {isInstead && (
          <Button onClick={onImport}>
            <FileArchive size={16} />
            {t('connect.import')}
          </Button>
        )}
      </div>
    </div>
  )
}
