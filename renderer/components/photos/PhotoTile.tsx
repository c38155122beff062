import { memo, useLayoutEffect, useRef, useState, type MouseEvent, type RefObject } from 'react'
import { Check, FileIcon, Heart, Music, Play } from 'lucide-react'
import type { Tile } from '../../../main/contract/index.ts'
import { clock, takenTime } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { Placeholder } from './Placeholder.tsx'
import { thumbnails, viewportDistance } from './viewport.ts'
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
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = usePicture(canvas, tile, { width, height, offset })
  const showsPicture = tile.hasThumbnail && picture !== 'broken'
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
        {tile.thumbHash !== null && picture !== 'there' && (
          <Placeholder className={styles['placeholder']} thumbHash={tile.thumbHash} />
        )}
        {showsPicture ? (
          <canvas ref={canvas} className={styles['picture']} data-loaded={picture === 'there' || picture === 'came'} />
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
        aria-label={t('select.one', { filename: tile.filename })}
        tabIndex={-1}
        data-choosing={isChoosing}
        onClick={(event) => props.onCheck(day, tile.id, event)}
      >
        <Check size={14} strokeWidth={3} />
      </button>
    </div>
  )
})

/** `there`: it was here before, and appears at once; `came`: it fades in over its placeholder. */
type PictureState = 'waiting' | 'there' | 'came' | 'broken'

/**
 * Draws the picture of a tile when its turn has come; leaving the screen before that gives the turn to another. A canvas
 * rather than an image: it holds the pixels that are shown and no more.
 */
function usePicture(
  canvas: RefObject<HTMLCanvasElement | null>,
  tile: Tile,
  { width, height, offset }: { readonly width: number; readonly height: number; readonly offset: number },
): PictureState {
  const [state, setState] = useState<PictureState>('waiting')
  const [pixelsWide, pixelsHigh] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)]
  const { id, hasThumbnail } = tile
  const place = useRef(offset)
  useLayoutEffect(() => {
    place.current = offset
  }, [offset])
  // The picture fills the box: the side that would be too short decides.
  const isWide = tile.width !== null && tile.height !== null && tile.width * height > tile.height * width
  useLayoutEffect(() => {
    if (!hasThumbnail) return
    let isAtOnce = true
    const leave = thumbnails.request({
      id,
      size: Math.min(pixelsWide, pixelsHigh) > gridPixels ? 'viewer' : 'grid',
      width: isWide ? null : pixelsWide,
      height: isWide ? pixelsHigh : null,
      distance: () => viewportDistance(place.current),
      show(bitmap) {
        if (canvas.current) draw(canvas.current, bitmap, pixelsWide, pixelsHigh)
        setState((before) => (before === 'waiting' ? (isAtOnce ? 'there' : 'came') : before))
      },
      fail: () => setState('broken'),
    })
    isAtOnce = false
    return leave
  }, [canvas, id, hasThumbnail, pixelsWide, pixelsHigh, isWide])
  return state
}

function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap, width: number, height: number): void {
  canvas.width = width
  canvas.height = height
  // Kept in main memory it is painted with the page; on the graphics card every tile would be a layer of its own.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale]
  context?.drawImage(bitmap, (width - wide) / 2, (height - high) / 2, wide, high)
}

function nameOf({ filename, takenLocal, takenPrecision }: Tile): string {
  if (takenLocal === null) return filename
  return t('timeline.tile', { filename, date: takenTime(takenLocal, takenPrecision) })
}
