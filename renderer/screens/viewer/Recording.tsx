import { useState, type SyntheticEvent } from 'react'
import { ExternalLink, Film, Music } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { originalUrl, pictureUrl } from '../../data/media.ts'
import { Button } from '../../components/Button.tsx'
import { t } from '../../messages/translate.ts'
import { openOriginal } from './open-original.ts'
import styles from './Recording.module.css'

/** How far a film has to come before a frame of it must have been seen. */
const blankAfterSeconds = 0.8

/** A video or a sound, played from the original. Not every kind of either can be; then another program may. */
export function Recording({ media }: { readonly media: Media }) {
  const [isRefused, setRefused] = useState(false)
  const refuse = (): void => setRefused(true)
  if (isRefused) return <Refused media={media} />
  if (media.mediaType === 'audio') {
    return (
      <div className={styles['plain']}>
        <Music size={48} strokeWidth={1.25} />
        <audio src={originalUrl(media.id)} controls onError={refuse} />
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
      onError={refuse}
      onLoadedMetadata={({ currentTarget }) => {
        // Only its sound is understood.
        if (currentTarget.videoWidth === 0) refuse()
      }}
      onTimeUpdate={(event) => {
        if (isBlank(event)) refuse()
      }}
    />
  )
}

function isBlank({ currentTarget }: SyntheticEvent<HTMLVideoElement>): boolean {
  if (currentTarget.currentTime < blankAfterSeconds) return false
  const { totalVideoFrames, corruptedVideoFrames } = currentTarget.getVideoPlaybackQuality()
  return totalVideoFrames - corruptedVideoFrames <= 0
}

function Refused({ media }: { readonly media: Media }) {
  const Icon = media.mediaType === 'video' ? Film : Music
  return (
    <div className={styles['plain']}>
      {media.hasThumbnail ? (
        <img className={styles['still']} src={pictureUrl(media.id, 'viewer')} alt="" />
      ) : (
        <Icon size={48} strokeWidth={1.25} />
      )}
      <p>{t(media.mediaType === 'video' ? 'viewer.cannotPlay' : 'viewer.cannotPlaySound')}</p>
      <Button kind="primary" onClick={() => void openOriginal(media.id)}>
        <ExternalLink size={16} />
        {t(window.coffer ? 'viewer.openElsewhere' : 'viewer.saveCopy')}
      </Button>
    </div>
  )
}
