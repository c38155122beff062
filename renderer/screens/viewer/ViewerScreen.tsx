import { useCallback, useEffect, useRef, useState } from 'react'
import { ChevronLeft, ChevronRight, FileIcon, Info, X } from 'lucide-react'
import type { TimelineSpot, TimelineStore } from '../../engine/timeline.ts'
import { originalUrl, pictureUrl, useMedia } from '../../engine/media.ts'
import { sentenceOf } from '../../engine/client.ts'
import { Problem } from '../../parts/Problem.tsx'
import { say } from '../../words/say.ts'
import { InfoPanel } from './InfoPanel.tsx'
import styles from './ViewerScreen.module.css'

/** One photo, large. Arrows walk on through the timeline, Esc goes back to where it is in the grid. */
export function ViewerScreen({
  store,
  first,
  onClose,
}: {
  readonly store: TimelineStore
  readonly first: TimelineSpot
  readonly onClose: (last: TimelineSpot) => void
}) {
  const [spot, setSpot] = useState(first)
  const [hasBefore, setHasBefore] = useState(true)
  const [hasAfter, setHasAfter] = useState(true)
  const [showsInfo, setShowsInfo] = useState(false)
  const [isZoomed, setZoomed] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const media = useMedia(spot.id)

  const move = useCallback(
    async (step: 1 | -1) => {
      const next = await store.beside(spot, step)
      if (!next) return
      setZoomed(false)
      setSpot({ day: next.day, id: next.tile.id })
    },
    [store, spot],
  )

  useEffect(() => {
    let isCurrent = true
    void store.beside(spot, -1).then((found) => isCurrent && setHasBefore(found !== null))
    void store.beside(spot, 1).then((found) => {
      if (!isCurrent) return
      setHasAfter(found !== null)
      if (found?.tile.hasThumbnail) new Image().src = pictureUrl(found.tile.id, 'viewer')
    })
    return () => {
      isCurrent = false
    }
  }, [store, spot])

  useEffect(() => root.current?.focus(), [])

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
      // A video keeps its own arrows while it has the focus.
      const isInVideo = event.target instanceof HTMLVideoElement
      if (event.key === 'Escape') onClose(spot)
      else if (event.key === 'ArrowLeft' && !isInVideo) void move(-1)
      else if (event.key === 'ArrowRight' && !isInVideo) void move(1)
      else if (event.key === 'i' || event.key === 'I') setShowsInfo((shown) => !shown)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [move, onClose, spot])

  const item = media.data
  return (
    <div
      ref={root}
      className={styles['viewer']}
      data-info={showsInfo}
      role="dialog"
      aria-modal="true"
      aria-label={say('viewer.label', { filename: item?.filename ?? '' })}
      tabIndex={-1}
    >
      <header className={styles['bar']}>
        <button
          type="button"
          className={styles['tool']}
          aria-label={say('viewer.back')}
          title={say('viewer.back')}
          onClick={() => onClose(spot)}
        >
          <X />
        </button>
        <span className={styles['name']}>{item?.filename}</span>
        <button
          type="button"
          className={styles['tool']}
          aria-label={say('viewer.info')}
          aria-pressed={showsInfo}
          title={say('viewer.info')}
          onClick={() => setShowsInfo(!showsInfo)}
        >
          <Info />
        </button>
      </header>
      <div className={styles['stage']}>
        {media.isError && <Problem sentence={sentenceOf(media.error)} onRetry={() => void media.refetch()} />}
        {item?.mediaType === 'video' ? (
          <video key={spot.id} className={styles['picture']} src={originalUrl(spot.id)} controls autoPlay />
        ) : item?.mediaType === 'audio' ? (
          <audio key={spot.id} src={originalUrl(spot.id)} controls />
        ) : item && !item.hasThumbnail ? (
          <div className={styles['none']}>
            <FileIcon size={48} />
            <p>{item.processingStatus === 'failed' ? say('viewer.damaged') : say('viewer.noPicture')}</p>
          </div>
        ) : (
          <Picture id={spot.id} alt={item?.filename ?? ''} isZoomed={isZoomed} onZoom={setZoomed} />
        )}
        {hasBefore && (
          <button
            type="button"
            className={`${styles['turn']} ${styles['before']}`}
            aria-label={say('viewer.previous')}
            onClick={() => void move(-1)}
          >
            <ChevronLeft size={24} />
          </button>
        )}
        {hasAfter && (
          <button
            type="button"
            className={`${styles['turn']} ${styles['after']}`}
            aria-label={say('viewer.next')}
            onClick={() => void move(1)}
          >
            <ChevronRight size={24} />
          </button>
        )}
      </div>
      {showsInfo && item && <InfoPanel media={item} />}
    </div>
  )
}

/** The grid picture is there at once; the large one takes its place when it has come. */
function Picture({
  id,
  alt,
  isZoomed,
  onZoom,
}: {
  readonly id: string
  readonly alt: string
  readonly isZoomed: boolean
  readonly onZoom: (zoomed: boolean) => void
}) {
  const [origin, setOrigin] = useState('50% 50%')
  return (
    <div className={styles['frame']}>
      <img key={`${id}-small`} className={styles['picture']} src={pictureUrl(id, 'grid')} alt="" hidden={isZoomed} />
      <img
        key={id}
        className={styles['picture']}
        style={isZoomed ? { transform: 'scale(2.5)', transformOrigin: origin } : {}}
        src={pictureUrl(id, 'viewer')}
        alt={alt}
        draggable={false}
        onDoubleClick={(event) => {
          setOrigin(pointIn(event.currentTarget, event))
          onZoom(!isZoomed)
        }}
        onWheel={(event) => {
          if (!isZoomed && event.deltaY < 0) setOrigin(pointIn(event.currentTarget, event))
          onZoom(event.deltaY < 0)
        }}
        onPointerMove={(event) => {
          if (isZoomed && event.buttons === 0) setOrigin(pointIn(event.currentTarget, event))
        }}
      />
    </div>
  )
}

function pointIn(element: HTMLElement, at: { readonly clientX: number; readonly clientY: number }): string {
  const box = element.parentElement?.getBoundingClientRect() ?? element.getBoundingClientRect()
  const share = (value: number, size: number): number => Math.round(Math.min(Math.max(value / size, 0), 1) * 100)
  return `${share(at.clientX - box.left, box.width)}% ${share(at.clientY - box.top, box.height)}%`
}
