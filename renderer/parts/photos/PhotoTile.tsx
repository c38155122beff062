import { memo, useEffect, useState, type MouseEvent } from 'react'
import { Check, FileIcon, Heart, Music, Play } from 'lucide-react'
import type { Tile } from '../../../main/contract/index.ts'
import { pictureUrl } from '../../engine/media.ts'
import { thumbHashUrl } from '../../engine/thumb-hash.ts'
import { clock, wallTime } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import { pictures, viewportDistance } from './viewport.ts'
import styles from './PhotoTile.module.css'

export interface PhotoTileProps {
  readonly tile: Tile
  readonly day: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** From the top of the timeline. */
  readonly offset: number
  readonly isTabStop: boolean
  readonly isChosen: boolean
  /** A click chooses instead of opening. */
  readonly isChoosing: boolean
  readonly onPress: (day: string, tile: Tile, event: MouseEvent) => void
  readonly onCheck: (day: string, id: string, event: MouseEvent) => void
  readonly onFocus: (day: string, id: string) => void
  /** A word in the corner, such as how long a photo stays in the trash. */
  readonly note?: string | undefined
  /** It can be carried without being chosen. */
  readonly isLoose?: boolean
}

/** The grid picture is made for a short edge of about 320 pixels. */
const gridPixels = 400

export const PhotoTile = memo(function PhotoTile(props: PhotoTileProps) {
  const { tile, day, left, top, width, height, offset, isTabStop, isChosen, isChoosing } = props
  const size = Math.min(width, height) * devicePixelRatio > gridPixels ? 'viewer' : 'grid'
  const { src, isLoaded, isBroken, onEnd } = usePicture(tile, size, offset)
  const placeholder = tile.thumbHash === null || isLoaded ? null : thumbHashUrl(tile.thumbHash)
  const showsPicture = tile.hasThumbnail && !isBroken
  const isVideo = tile.mediaType === 'video' && props.note === undefined
  const length = isVideo ? clock(tile.durationSeconds ?? 0) : undefined
  const mark = props.note ?? length
  return (
    <div className={styles['tile']} style={{ left, top, width, height }} data-chosen={isChosen}>
      <button
        type="button"
        className={styles['open']}
        data-tile={tile.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-label={[nameOf(tile), mark].filter(Boolean).join(', ')}
        aria-pressed={isChoosing ? isChosen : undefined}
        draggable={isChosen || props.isLoose === true}
        onClick={(event) => props.onPress(day, tile, event)}
        onFocus={() => props.onFocus(day, tile.id)}
      >
        {placeholder !== null && <img className={styles['placeholder']} src={placeholder} alt="" />}
        {showsPicture ? (
          src !== null && (
            <img
              className={styles['picture']}
              data-loaded={isLoaded}
              src={src}
              alt=""
              decoding="async"
              draggable={false}
              onLoad={() => onEnd('loaded')}
              onError={() => onEnd('broken')}
            />
          )
        ) : (
          <span className={styles['plain']}>
            {tile.mediaType === 'video' ? <Play /> : tile.mediaType === 'audio' ? <Music /> : <FileIcon />}
            <span className={styles['name']}>{tile.filename}</span>
          </span>
        )}
        {tile.isFavorite && <Heart className={styles['favourite'] ?? ''} size={14} fill="currentColor" />}
        {mark !== undefined && (
          <span className={styles['badge']}>
            {isVideo && <Play size={10} fill="currentColor" />}
            {mark}
          </span>
        )}
      </button>
      <button
        type="button"
        className={styles['check']}
        role="checkbox"
        aria-checked={isChosen}
        aria-label={say('select.one', { filename: tile.filename })}
        tabIndex={-1}
        data-choosing={isChoosing}
        onClick={(event) => props.onCheck(day, tile.id, event)}
      >
        <Check size={14} strokeWidth={3} />
      </button>
    </div>
  )
})

/** Pictures seen before appear at once when they scroll back into view. */
const seen = new Set<string>()

/** Waits for its turn to load; leaving the screen before that gives the turn to another. */
function usePicture(tile: Tile, size: 'grid' | 'viewer', offset: number) {
  const url = pictureUrl(tile.id, size)
  const [started, setStarted] = useState<string | null>(() => (seen.has(url) ? url : null))
  const [ended, setEnded] = useState<'loaded' | 'broken' | null>(() => (seen.has(url) ? 'loaded' : null))
  const isDone = started === url && ended !== null
  useEffect(() => {
    if (!tile.hasThumbnail || isDone) return
    const queued = { distance: () => viewportDistance(offset), start: () => setStarted(url) }
    pictures.add(queued)
    return () => pictures.remove(queued)
  }, [url, offset, tile.hasThumbnail, isDone])
  return {
    src: started,
    isLoaded: ended === 'loaded',
    isBroken: ended === 'broken',
    onEnd: (how: 'loaded' | 'broken'): void => {
      if (how === 'loaded') seen.add(url)
      setEnded(how)
    },
  }
}

function nameOf({ filename, takenLocal }: Tile): string {
  return takenLocal === null ? filename : say('timeline.tile', { filename, date: wallTime(takenLocal) })
}
