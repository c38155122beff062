import type { ReactNode } from 'react'
import { Download, Images, Plus, Settings, Trash2 } from 'lucide-react'
import { useStatus } from '../engine/vault.ts'
import { Button } from '../parts/Button.tsx'
import { Mark } from '../parts/Mark.tsx'
import { hrefOf, type Route } from '../route.ts'
import { say } from '../words/say.ts'
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
      <nav aria-label={say('nav.main')} className={styles['nav']}>
        <Entry
          to={{ screen: 'timeline' }}
          name={say('nav.timeline')}
          icon={<Images />}
          isCurrent={current === 'timeline'}
          count={status.data?.media}
        />
        <Entry
          to={{ screen: 'imports', id: null }}
          name={say('nav.imports')}
          icon={<Download />}
          isCurrent={current === 'imports'}
        />
        <Entry
          to={{ screen: 'trash' }}
          name={say('nav.trash')}
          icon={<Trash2 />}
          isCurrent={current === 'trash'}
          count={status.data?.trashed}
        />
        <Entry
          to={{ screen: 'settings' }}
          name={say('nav.settings')}
          icon={<Settings />}
          isCurrent={current === 'settings'}
        />
      </nav>
      <Button
        className={styles['import'] ?? ''}
        onClick={onImport}
        aria-label={say('timeline.importFolder')}
        title={say('timeline.importFolder')}
      >
        <Plus />
        <span className={styles['label']}>{say('timeline.importFolder')}</span>
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
      title={name}
      draggable={false}
    >
      {icon}
      <span className={styles['label']}>{name}</span>{' '}
      {count !== undefined && count > 0 && <span className={styles['count']}>{number(count)}</span>}
    </a>
  )
}
