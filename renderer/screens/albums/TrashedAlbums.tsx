import { useEffect } from 'react'
import type { Album } from '../../../main/contract/index.ts'
import { AlbumCover } from '../../components/albums/AlbumCover.tsx'
import { useAlbumActions } from '../../components/albums/use-album-actions.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './TrashedAlbums.module.css'

/** Albums that were deleted, each with the way back. Closes when the last has come back. */
export function TrashedAlbums({
  albums,
  onClose,
}: {
  readonly albums: readonly Album[]
  readonly onClose: () => void
}) {
  const { restore } = useAlbumActions()
  const stop = useOneStop()
  useEffect(() => {
    if (albums.length === 0) onClose()
  }, [albums.length, onClose])
  return (
    <Dialog
      title={t('albums.trashedTitle')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <p className={styles['lead']}>{t('albums.trashedLead')}</p>
      <ul ref={stop} className={styles['list']}>
        {albums.map((album) => (
          <li key={album.id} className={styles['row']}>
            <span className={styles['cover']}>
              <AlbumCover album={album} signSize={18} />
            </span>
            <span className={styles['what']}>
              <span className={styles['name']}>{album.name}</span>
              <span className={styles['facts']}>
                {t('photos', { count: album.mediaCount })}
                {album.deletedAt !== null && ` · ${t('albums.deletedAt', { when: when(album.deletedAt) })}`}
              </span>
            </span>
            <Button aria-label={t('albums.restore', { name: album.name })} onClick={() => void restore(album)}>
              {t('trash.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
