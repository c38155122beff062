import { useState } from 'react'
import { Film, Music } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { originalUrl } from '../../engine/media.ts'
import { say } from '../../words/say.ts'
import styles from './Recording.module.css'

/** A video or a sound, played from the original. Not every kind of either can be. */
export function Recording({ media }: { readonly media: Media }) {
  const [isRefused, setRefused] = useState(false)
  const Icon = media.mediaType === 'video' ? Film : Music
  if (isRefused || media.mediaType === 'audio') {
    return (
      <div className={styles['plain']}>
        <Icon size={48} strokeWidth={1.25} />
        {isRefused ? (
          <p>{say('viewer.cannotPlay')}</p>
        ) : (
          <audio src={originalUrl(media.id)} controls onError={() => setRefused(true)} />
        )}
      </div>
    )
  }
  return (
    <video
      className={styles['video']}
      src={originalUrl(media.id)}
      controls
      autoPlay
      loop={(media.durationSeconds ?? Infinity) < 5}
      onError={() => setRefused(true)}
    />
  )
}
