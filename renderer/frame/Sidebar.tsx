import { useState } from 'react'
import {
  Download,
  GalleryVerticalEnd,
  History,
  Images,
  Plus,
  Search,
  Settings,
  ShieldCheck,
  Trash2,
} from 'lucide-react'
import { stateOfAll, useBackups } from '../data/backups.ts'
import { useStatus } from '../data/vault.ts'
import { AlbumDialog } from '../components/albums/AlbumDialog.tsx'
import { Button } from '../components/Button.tsx'
import { Mark } from '../components/Mark.tsx'
import { useOneStop } from '../components/one-stop.ts'
import { hrefOf, type Route } from '../route.ts'
import { standingOf } from '../messages/backup-lines.ts'
import { t } from '../messages/translate.ts'
import { BackupMark } from './BackupMark.tsx'
import { SidebarAlbums } from './SidebarAlbums.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { SidebarEntry } from './SidebarEntry.tsx'
import styles from './Sidebar.module.css'

export function Sidebar({
  vaultName,
  person,
  isAdmin,
  onLock,
  current,
  currentAlbum,
  onImport,
}: {
  readonly vaultName: string
  /** Who is signed in; null where nobody has to. */
  readonly person: string | null
  readonly isAdmin: boolean
  readonly onLock: () => void
  readonly current: Route['screen']
  readonly currentAlbum: string | null
  readonly onImport: () => void
}) {
  const status = useStatus()
  const backups = useBackups().data ?? []
  const stop = useOneStop()
  const [gathered, setGathered] = useState<readonly string[] | null>(null)
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
          <SidebarEntry
            href={hrefOf({ screen: 'search', id: null })}
            name={t('search.title')}
            icon={<Search />}
            isCurrent={current === 'search'}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'timeline' })}
            name={t('nav.timeline')}
            icon={<Images />}
            isCurrent={current === 'timeline'}
            count={status.data?.media}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'albums', id: null })}
            name={t('nav.albums')}
            icon={<GalleryVerticalEnd />}
            isCurrent={current === 'albums' && currentAlbum === null}
            count={status.data?.albums}
            onPhotos={setGathered}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'imports', id: null })}
            name={t('nav.imports')}
            icon={<Download />}
            isCurrent={current === 'imports'}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'backups' })}
            name={t('nav.backups')}
            icon={<ShieldCheck />}
            isCurrent={current === 'backups'}
            {...(isAdmin && { mark: <BackupMark state={stateOfAll(backups)} />, standing: standingOf(backups) })}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'activity' })}
            name={t('nav.activity')}
            icon={<History />}
            isCurrent={current === 'activity'}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'trash' })}
            name={t('nav.trash')}
            icon={<Trash2 />}
            isCurrent={current === 'trash'}
            count={status.data?.trashed}
          />
          <SidebarEntry
            href={hrefOf({ screen: 'settings' })}
            name={t('nav.settings')}
            icon={<Settings />}
            isCurrent={current === 'settings'}
          />
        </nav>
        <SidebarAlbums current={currentAlbum} />
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
      {gathered && <AlbumDialog mediaIds={gathered} onClose={() => setGathered(null)} />}
    </aside>
  )
}
