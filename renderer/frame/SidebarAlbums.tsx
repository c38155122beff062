import { useAlbums } from '../data/albums.ts'
import { AlbumCover } from '../components/albums/AlbumCover.tsx'
import { useAlbumActions } from '../components/albums/use-album-actions.ts'
import { useOneStop } from '../components/one-stop.ts'
import { hrefOf } from '../route.ts'
import { t } from '../messages/translate.ts'
import { SidebarEntry } from '../components/SidebarEntry.tsx'
import styles from './SidebarAlbums.module.css'

/** Every album at hand: to open it, and to drop photos on it. */
export function SidebarAlbums({ current }: { readonly current: string | null }) {
  const albums = useAlbums()
  const { add } = useAlbumActions()
  const stop = useOneStop()
  if (!albums.data || albums.data.length === 0) return null
  return (
    <nav aria-label={t('nav.yourAlbums')} className={styles['albums']}>
      <p className={styles['title']} aria-hidden="true">
        {t('nav.yourAlbums')}
      </p>
      <div ref={stop} className={styles['list']}>
        {albums.data.map((album) => (
          <SidebarEntry
            key={album.id}
            href={hrefOf('albums', album.id)}
            name={album.name}
            icon={
              <span className={styles['cover']}>
                <AlbumCover album={album} signSize={12} />
              </span>
            }
            isCurrent={album.id === current}
            count={album.mediaCount}
            onPhotos={(ids) => void add(album, ids)}
          />
        ))}
      </div>
    </nav>
  )
}
