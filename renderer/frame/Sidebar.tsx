import type { ReactNode } from 'react'
import { useStatus } from '../engine/vault.ts'
import { Button } from '../parts/Button.tsx'
import { AddIcon, ImportIcon, Mark, TimelineIcon } from '../parts/icons.tsx'
import { hrefOf, type Route } from '../route.ts'
import { words } from '../words/en.ts'
import { number } from '../words/format.ts'
import styles from './Sidebar.module.css'

export function Sidebar({
  vaultName,
  current,
  onImport,
}: {
  readonly vaultName: string
  readonly current: Route['screen']
  readonly onImport: () => void
}) {
  const status = useStatus()
  return (
    <aside className={styles['sidebar']}>
      <div className={styles['brand']} title={vaultName}>
        <span className={styles['mark']}>
          <Mark />
        </span>
        <span className={styles['name']}>{vaultName}</span>
      </div>
      <nav aria-label={words.nav.main} className={styles['nav']}>
        <Entry
          to={{ screen: 'timeline' }}
          name={words.nav.timeline}
          icon={<TimelineIcon />}
          isCurrent={current === 'timeline'}
          count={status.data?.media}
        />
        <Entry
          to={{ screen: 'imports', id: null }}
          name={words.nav.imports}
          icon={<ImportIcon />}
          isCurrent={current === 'imports'}
        />
      </nav>
      <Button
        className={styles['import'] ?? ''}
        onClick={onImport}
        aria-label={words.timeline.importFolder}
        title={words.timeline.importFolder}
      >
        <AddIcon />
        <span className={styles['label']}>{words.timeline.importFolder}</span>
      </Button>
    </aside>
  )
}

function Entry({
  to,
  name,
  icon,
  isCurrent,
  count,
}: {
  readonly to: Route
  readonly name: string
  readonly icon: ReactNode
  readonly isCurrent: boolean
  readonly count?: number | undefined
}) {
  return (
    <a
      href={hrefOf(to)}
      className={styles['entry']}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={name}
      title={name}
      draggable={false}
    >
      {icon}
      <span className={styles['label']}>{name}</span>
      {count !== undefined && count > 0 && <span className={styles['count']}>{number(count)}</span>}
    </a>
  )
}
