import { useEffect } from 'react'
import type { Album } from '../../../main/contract/index.ts'
import { AlbumCover } from '../../parts/albums/AlbumCover.tsx'
import { useAlbumActions } from '../../parts/albums/use-album-actions.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { useOneStop } from '../../parts/one-stop.ts'
import { when } from '../../words/format.ts'
import { say } from '../../words/say.ts'
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
      title={say('albums.trashedTitle')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('close')}</Button>}
    >
      <p className={styles['lead']}>{say('albums.trashedLead')}</p>
      <ul ref={stop} className={styles['list']}>
        {albums.map((album) => (
          <li key={album.id} className={styles['row']}>
            <span className={styles['cover']}>
              <AlbumCover album={album} signSize={18} />
            </span>
            <span className={styles['what']}>
              <span className={styles['name']}>{album.name}</span>
              <span className={styles['facts']}>
                {say('photos', { count: album.mediaCount })}
                {album.deletedAt !== null && ` · ${say('albums.deletedAt', { when: when(album.deletedAt) })}`}
              </span>
            </span>
            <Button aria-label={say('albums.restore', { name: album.name })} onClick={() => void restore(album)}>
              {say('trash.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
