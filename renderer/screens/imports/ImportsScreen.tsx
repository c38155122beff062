import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { useImports } from '../../engine/imports.ts'
import { setPreferences, usePreferences } from '../../engine/preferences.ts'
import { Check } from '../../parts/Check.tsx'
import { useOneStop } from '../../parts/one-stop.ts'
import { Problem } from '../../parts/Problem.tsx'
import { WatchedFolders } from '../../parts/watched/WatchedFolders.tsx'
import { say } from '../../words/say.ts'
import { when } from '../../words/format.ts'
import { summaryOf } from '../../words/import-lines.ts'
import styles from './ImportsScreen.module.css'

export function ImportsScreen({ hrefOf }: { readonly hrefOf: (id: string) => string }) {
  const stop = useOneStop()
  const imports = useImports()
  const { askBeforeImport } = usePreferences()
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{say('imports.title')}</h1>
        <Check isOn={askBeforeImport} onChange={(isOn) => setPreferences({ askBeforeImport: isOn })}>
          {say('imports.ask')}
        </Check>
      </header>
      <WatchedFolders />
      {imports.isError && <Problem sentence={sentenceOf(imports.error)} onRetry={() => void imports.refetch()} />}
      {imports.data?.length === 0 && (
        <div className={styles['empty']}>
          <h2>{say('imports.empty')}</h2>
          <p>{say('imports.emptyLead')}</p>
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
              <span className={styles['files']}>{say('files', { count: each.seen })}</span>
              <span className={styles['status']} data-status={each.status}>
                {say(`imports.status.${each.status}`)}
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
