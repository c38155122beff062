import { useState } from 'react'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { useImports } from '../../engine/imports.ts'
import { importHabit, keepImportHabit } from '../../engine/preferences.ts'
import { Problem } from '../../parts/Problem.tsx'
import { words } from '../../words/en.ts'
import { number, when } from '../../words/format.ts'
import styles from './ImportsScreen.module.css'

export function ImportsScreen({ hrefOf }: { readonly hrefOf: (id: string) => string }) {
  const imports = useImports()
  const [habit, setHabit] = useState(importHabit)
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{words.imports.title}</h1>
        <label className={styles['ask']}>
          <input
            type="checkbox"
            checked={habit.ask}
            onChange={(event) => {
              const changed = { ...habit, ask: event.currentTarget.checked }
              keepImportHabit(changed)
              setHabit(changed)
            }}
          />
          {words.imports.ask}
        </label>
      </header>
      {imports.isError && <Problem sentence={sentenceOf(imports.error)} onRetry={() => void imports.refetch()} />}
      {imports.data?.length === 0 && (
        <div className={styles['empty']}>
          <h2>{words.imports.empty}</h2>
          <p>{words.imports.emptyLead}</p>
        </div>
      )}
      <ul className={styles['list']}>
        {imports.data?.map((each) => (
          <li key={each.id}>
            <a className={styles['row']} href={hrefOf(each.id)} draggable={false}>
              <span className={styles['what']}>
                <span className={styles['name']}>{words.imports.summary(each)}</span>
                <span className={styles['paths']} title={each.paths.join('\n')}>
                  {each.paths.map(shortPath).join(', ')}
                </span>
              </span>
              <span className={styles['files']}>
                {number(each.seen)} <span className={styles['unit']}>{words.imports.seen.toLowerCase()}</span>
              </span>
              <span className={styles['status']} data-status={each.status}>
                {words.imports.status[each.status]}
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
