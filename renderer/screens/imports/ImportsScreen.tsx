import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useImports } from '../../data/imports.ts'
import { setPreferences, usePreferences } from '../../data/preferences.ts'
import { Check } from '../../components/Check.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { WatchedFolders } from '../../components/watched/WatchedFolders.tsx'
import { t } from '../../messages/translate.ts'
import { when } from '../../messages/format.ts'
import { summaryOf } from '../../messages/import-lines.ts'
import styles from './ImportsScreen.module.css'

export function ImportsScreen({ hrefOf }: { readonly hrefOf: (id: string) => string }) {
  const stop = useOneStop()
  const imports = useImports()
  const { askBeforeImport } = usePreferences()
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{t('imports.title')}</h1>
        <Check isOn={askBeforeImport} onChange={(isOn) => setPreferences({ askBeforeImport: isOn })}>
          {t('imports.ask')}
        </Check>
      </header>
      <WatchedFolders />
      {imports.isError && <Problem sentence={sentenceOf(imports.error)} onRetry={() => void imports.refetch()} />}
      {imports.data?.length === 0 && (
        <div className={styles['empty']}>
          <h2>{t('imports.empty')}</h2>
          <p>{t('imports.emptyLead')}</p>
        </div>
      )}
      <ul ref={stop} className={styles['list']}>
        {imports.data?.map((each) => (
          <li key={each.id}>
            <a className={styles['row']} href={hrefOf(each.id)} draggable={false}>
              <span className={styles['what']}>
                <span className={styles['name']}>{summaryOf(each)}</span>
                <span className={styles['paths']} title={each.paths.join('\n')}>
                  {each.paths.map(shortPath).join(', ')}
                </span>
              </span>
              <span className={styles['files']}>{each.archive === null && t('files', { count: each.seen })}</span>
              <span className={styles['status']} data-status={each.status}>
                {t(`imports.status.${each.status}`)}
              </span>
              <time className={styles['time']} dateTime={each.startedAt}>
                {when(each.startedAt)}
              </time>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
