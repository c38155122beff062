import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from 'react'
import type { Media } from '../../../main/contract/index.ts'
import { originalUrl, pictureUrl } from '../../data/media.ts'
import { t } from '../../messages/translate.ts'
import { fitted, fittedSize, fullScale, held, zoomAt, type Size } from './zoom.ts'
import { isForTyping } from './is-for-typing.ts'
import styles from './Picture.module.css'

/** What every browser can show as it is; other kinds are shown by the picture that was made of them. */
const shown = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/bmp'])
const moving = new Set(['image/gif', 'image/webp', 'image/png', 'image/avif'])
/** The viewer picture's long edge. */
const viewerPixels = 1440
const most = 8
const swipeAfter = 60

/**
 * A picture that fits, zooms and pans. The grid's picture is there at once, the viewer's takes its place, and beyond
 * what that one can give the original does.
 */
export function Picture({
  media,
  turns,
  onSwipe,
}: {
  readonly media: Media
  /** Quarter turns to the right. */
  readonly turns: number
  readonly onSwipe: (step: 1 | -1) => void
}) {
  const stage = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  const [wanted, setView] = useState(fitted)
  const [isViewerHere, setViewerHere] = useState(false)
  const [isOriginalHere, setOriginalHere] = useState(false)
  const drag = useRef<{ x: number; y: number; startX: number } | null>(null)
  const isTurned = turns % 2 !== 0

  useLayoutEffect(() => {
    const element = stage.current
    if (!element) return
    const measure = (): void => setRoom({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const natural: Size = { width: media.width ?? viewerPixels, height: media.height ?? viewerPixels }
  const upright = isTurned ? { width: natural.height, height: natural.width } : natural
  const fit = fittedSize(upright, room)
  const view = held(wanted, fit, room)
  const isZoomed = view.scale > 1.001
  const drawn = isTurned ? { width: fit.height, height: fit.width } : fit
  const full = room.width > 0 ? fullScale(upright, room, devicePixelRatio) : 1
  const isMoving = moving.has(media.mimeType) && media.sizeBytes < 50_000_000
  const needsOriginal =
    shown.has(media.mimeType) &&
    (isMoving || Math.max(fit.width, fit.height) * view.scale * devicePixelRatio > viewerPixels * 1.05)

  const zoomTo = (scale: number, at: { readonly x: number; readonly y: number }): void => {
    const limited = Math.min(Math.max(scale, 1), Math.max(full * 2, most))
    setView(limited === 1 ? fitted : zoomAt(view, limited, at))
  }
  const fromMiddle = (event: { readonly clientX: number; readonly clientY: number }): { x: number; y: number } => {
    const box = stage.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
  }

  // The wheel is listened to actively, since it must not scroll anything, and with whatever view is drawn now.
  const onWheel = useRef<(event: WheelEvent) => void>(() => {})
  useEffect(() => {
    onWheel.current = (event) => {
      event.preventDefault()
      zoomTo(view.scale * Math.exp(-event.deltaY / 300), fromMiddle(event))
    }
  })
  useEffect(() => {
    const element = stage.current
    const listen = (event: WheelEvent): void => onWheel.current(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  // Keys that zoom are the window's, so that they work wherever the focus is in the viewer.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isForTyping(event.target)) return
      if (event.key === '+' || event.key === '=') zoomTo(view.scale * 1.4, { x: 0, y: 0 })
      else if (event.key === '-') zoomTo(view.scale / 1.4, { x: 0, y: 0 })
      else if (event.key.toLowerCase() === 'z') {
        if (isZoomed) setView(fitted)
        else zoomTo(full, { x: 0, y: 0 })
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })

  const onPointerMove = (event: PointerEvent): void => {
    const from = drag.current
    if (!from || !isZoomed) return
    setView(held({ ...view, x: view.x + event.clientX - from.x, y: view.y + event.clientY - from.y }, fit, room))
    drag.current = { ...from, x: event.clientX, y: event.clientY }
  }
  const onPointerUp = (event: PointerEvent): void => {
    const from = drag.current
    drag.current = null
    if (!from || isZoomed) return
    const moved = event.clientX - from.startX
    if (Math.abs(moved) > swipeAfter) onSwipe(moved < 0 ? 1 : -1)
  }

  const place = {
    width: drawn.width,
    height: drawn.height,
    transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${turns * 90}deg)`,
  }
  return (
    <div
      ref={stage}
      className={styles['stage']}
      data-zoomed={isZoomed}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, y: event.clientY, startX: event.clientX }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onDoubleClick={(event) => (isZoomed ? setView(fitted) : zoomTo(Math.max(full, 2), fromMiddle(event)))}
    >
      {!isViewerHere && (
        <img className={styles['picture']} style={place} src={pictureUrl(media.id, 'grid')} alt="" draggable={false} />
      )}
      {!isOriginalHere && (
        <img
          className={styles['picture']}
          style={place}
          data-here={isViewerHere}
          src={pictureUrl(media.id, 'viewer')}
          alt={media.filename}
          draggable={false}
          onLoad={() => setViewerHere(true)}
        />
      )}
      {(needsOriginal || isOriginalHere) && (
        <img
          className={styles['picture']}
          style={place}
          data-here={isOriginalHere}
          src={originalUrl(media.id)}
          alt={isOriginalHere ? media.filename : ''}
          draggable={false}
          onLoad={() => setOriginalHere(true)}
        />
      )}
      {isZoomed && (
        <output className={styles['scale']}>{t('viewer.scale', { percent: (view.scale / full) * 100 })}</output>
      )}
    </div>
  )
}
