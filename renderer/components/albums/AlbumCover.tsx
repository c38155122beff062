import { useState } from 'react'
import { Images } from 'lucide-react'
import type { Album } from '../../../main/contract/index.ts'
import { pictureUrl } from '../../data/media.ts'
import styles from './AlbumCover.module.css'

/** The cover of an album, square; a quiet sign while it is empty or its cover has no picture. */
export function AlbumCover({ album, signSize }: { readonly album: Album; readonly signSize: number }) {
  const [broken, setBroken] = useState<string | null>(null)
  const id = album.coverMediaId
  return (
    <span className={styles['cover']}>
      {id === null || broken === id ? (
        <Images size={signSize} strokeWidth={1.25} />
      ) : (
        <img
          className={styles['picture']}
          src={pictureUrl(id, 'grid')}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(id)}
        />
      )}
    </span>
  )
}
