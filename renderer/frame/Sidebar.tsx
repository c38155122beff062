import { Plus } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { Mark } from '../components/Mark.tsx'
import { useOneStop } from '../components/one-stop.ts'
import { t } from '../messages/translate.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { screens, type Shown } from './screens.ts'
import { SidebarAlbums } from './SidebarAlbums.tsx'
import styles from './Sidebar.module.css'

export function Sidebar({
  vaultName,
  person,
  isAdmin,
  onLock,
  shown,
  onImport,
}: {
  readonly vaultName: string
  /** Who is signed in; null where nobody has to. */
  readonly person: string | null
  readonly isAdmin: boolean
  readonly onLock: () => void
  readonly shown: Shown
  readonly onImport: () => void
}) {
  const stop = useOneStop()
  return (
    <aside className={styles['sidebar']}>
      <div className={styles['brand']} title={vaultName}>
        <span className={styles['mark']}>
          <Mark />
        </span>
        <span className={styles['name']}>{vaultName}</span>
      </div>
      <div className={styles['lists']}>
        <nav ref={stop} aria-label={t('nav.main')} className={styles['nav']}>
          {screens.map((screen) => (
            <screen.Entry key={screen.name} isCurrent={screen === shown.screen} id={shown.id} isAdmin={isAdmin} />
          ))}
        </nav>
        <SidebarAlbums current={shown.screen.name === 'albums' ? shown.id : null} />
      </div>
      <div className={styles['foot']}>
        <Button
          className={styles['import'] ?? ''}
          onClick={onImport}
          aria-label={t('timeline.importFolder')}
          title={t('timeline.importFolder')}
        >
          <Plus />
          <span className={styles['label']}>{t('nav.import')}</span>
        </Button>
        {person !== null && <PersonMenu name={person} onLock={onLock} />}
      </div>
    </aside>
  )
}
