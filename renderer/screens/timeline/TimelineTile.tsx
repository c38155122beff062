import { memo, useState } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { pictureUrl } from '../../engine/media.ts'
import { thumbHashUrl } from '../../engine/thumb-hash.ts'
import { FileIcon, SoundIcon, VideoIcon } from '../../parts/icons.tsx'
import { words } from '../../words/en.ts'
import { clock, wallTime } from '../../words/format.ts'
import styles from './TimelineTile.module.css'

export interface TimelineTileProps {
  readonly tile: Tile
  readonly day: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly isTabStop: boolean
  readonly onOpen: (day: string, tile: Tile) => void
  readonly onFocus: (day: string, id: string) => void
}

/** Pictures seen before appear at once when they scroll back into view. */
const seen = new Set<string>()

export const TimelineTile = memo(function TimelineTile(props: TimelineTileProps) {
  const { tile, day, left, top, width, height, isTabStop, onOpen, onFocus } = props
  const [isLoaded, setLoaded] = useState(() => seen.has(tile.id))
  const [isBroken, setBroken] = useState(false)
  const showsPicture = tile.hasThumbnail && !isBroken
  const placeholder = tile.thumbHash === null || isLoaded ? null : thumbHashUrl(tile.thumbHash)
  return (
    <button
      type="button"
      className={styles['tile']}
      style={{ left, top, width, height }}
      data-tile={tile.id}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={words.timeline.tile(tile.filename, tile.takenLocal === null ? null : wallTime(tile.takenLocal))}
      onClick={() => onOpen(day, tile)}
      onFocus={() => onFocus(day, tile.id)}
    >
      {placeholder !== null && <img className={styles['placeholder']} src={placeholder} alt="" />}
      {showsPicture ? (
        <img
          className={styles['picture']}
          data-loaded={isLoaded}
          src={pictureUrl(tile.id, 'grid')}
          alt=""
          decoding="async"
          draggable={false}
          onLoad={() => {
            seen.add(tile.id)
            setLoaded(true)
          }}
          onError={() => setBroken(true)}
        />
      ) : (
        <span className={styles['plain']}>
          {tile.mediaType === 'video' ? <VideoIcon /> : tile.mediaType === 'audio' ? <SoundIcon /> : <FileIcon />}
          <span className={styles['name']}>{tile.filename}</span>
        </span>
      )}
      {tile.mediaType === 'video' && showsPicture && (
        <span className={styles['badge']}>
          <VideoIcon size={12} />
          {tile.durationSeconds !== null && clock(tile.durationSeconds)}
        </span>
      )}
    </button>
  )
})
