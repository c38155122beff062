import { useState } from 'react'
import { CloudDownload, CloudOff, FileIcon, Music, Play, Trash2 } from 'lucide-react'
import type { PostMedia } from '../../../main/contract/index.ts'
import { pictureUrl } from '../../data/media.ts'
import { mediaName, missingLine } from '../../messages/post-lines.ts'
import { number } from '../../messages/format.ts'
import styles from './PostPictures.module.css'

/** As many as are seen at a glance; the rest is in the viewer. */
const mostAtOnce = 4

/** The pictures of a post as small ones of our own, and a quiet place for each that is not here. */
export function PostPictures({
  media,
  showsAll = false,
  onOpen,
}: {
  readonly media: readonly PostMedia[]
  readonly showsAll?: boolean
  readonly onOpen: (id: string) => void
}) {
  const shown = showsAll ? media : media.slice(0, mostAtOnce)
  const rest = media.length - shown.length
  return (
    <ul className={styles['pictures']} data-single={media.length === 1} data-whole={showsAll}>
      {shown.map((each, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={styles['place']}>
          <div className={styles['box']} style={media.length === 1 ? singleBox(each) : undefined}>
            <Picture
              media={each}
              name={mediaName(each, index + 1, media.length)}
              isLarge={media.length === 1}
              onOpen={onOpen}
            />
            {rest > 0 && index === shown.length - 1 && (
              <span className={styles['rest']} aria-hidden="true">
                +{number(rest)}
              </span>
            )}
          </div>
          {showsAll && each.alt !== null && each.alt !== '' && <p className={styles['alt']}>{each.alt}</p>}
        </li>
      ))}
    </ul>
  )
}

function Picture({
  media,
  name,
  isLarge,
  onOpen,
}: {
  readonly media: PostMedia
  readonly name: string
  readonly isLarge: boolean
  readonly onOpen: (id: string) => void
}) {
  const [isBroken, setBroken] = useState(false)
  const { mediaId, kind, isTrashed } = media
  if (mediaId === null || isTrashed) {
    const line = missingLine(media)
    return (
      <span className={styles['missing']} title={media.error ?? line}>
        {iconOf(media)}
        {line}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={styles['open']}
      data-tile={mediaId}
      aria-label={name}
      title={media.alt ?? undefined}
      onClick={() => onOpen(mediaId)}
    >
      {isBroken ? (
        <span className={styles['missing']}>{kind === 'audio' ? <Music /> : <FileIcon />}</span>
      ) : (
        <img
          src={pictureUrl(mediaId, isLarge ? 'viewer' : 'grid')}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
      {kind === 'video' && (
        <span className={styles['film']}>
          <Play size={14} fill="currentColor" />
        </span>
      )}
    </button>
  )
}

function iconOf({ status, isTrashed }: PostMedia) {
  if (isTrashed) return <Trash2 />
  return status === 'failed' || status === 'unavailable' ? <CloudOff /> : <CloudDownload />
}

const highest = 320

/** A single picture has its own shape, so that nothing moves when it arrives. */
function singleBox({ width, height, mediaId }: PostMedia): {
  readonly aspectRatio: string
  readonly maxInlineSize: string
} {
  const ratio = width !== null && height !== null && mediaId !== null ? Math.min(Math.max(width / height, 0.5), 3) : 1.5
  return { aspectRatio: String(ratio), maxInlineSize: `min(100%, ${Math.round(highest * ratio)}px)` }
}
