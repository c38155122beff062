import { useEffect, useMemo, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { usePreferences } from '../../data/preferences.ts'
import { carriedPhotos, carryPhotos, holdsPhotos, isWithin } from './carry.ts'
import { useGridFocus } from './grid-focus.ts'
import { followerOutside, gapAt, stepOf, type Gap } from './order.ts'
import { Marquee } from './Marquee.tsx'
import { PhotoTile } from './PhotoTile.tsx'
import { justify } from './rows.ts'
import { withSpots, type Chosen, type SelectionActions } from './selection.ts'
import { useMarquee } from './use-marquee.ts'
import { overscanRange, useViewport } from './use-near.ts'
import { ledTo } from './steps.ts'
import { lookAt } from './viewport.ts'
import { within } from './within.ts'
import styles from './PhotoGrid.module.css'

const gap = 4
/** A list has no days; all of its photos are of the same one. */
const nowhere = ''

/** A list of photos in justified rows, of which only those near the viewport are drawn. */
export function PhotoGrid<Photo extends Tile>({
  name,
  tiles,
  chosen,
  actions,
  noteOf,
  onOpen,
  onDelete,
  onEnd,
  onMove,
  returnTo = null,
}: {
  readonly name: string
  readonly tiles: readonly Photo[]
  readonly chosen: Chosen
  readonly actions: SelectionActions
  readonly noteOf?: (tile: Photo) => string
  /** Without it a press chooses. */
  readonly onOpen?: (id: string) => void
  readonly onDelete?: () => void
  /** The end is near: more is wanted. */
  readonly onEnd?: () => void
  /** With it photos are ordered by hand: by dragging, or with Alt and arrow keys. */
  readonly onMove?: (ids: readonly string[], before: string | null) => void
  /** The photo that gets the focus when it changes. */
  readonly returnTo?: string | null
}) {
  const { rowHeight } = usePreferences()
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const viewport = useViewport(scroller)
  const [scrollTop, setScrollTop] = useState(0)
  const [focused, setFocused] = useState<string | null>(null)
  const focusSoon = useGridFocus(scroller)
  const [gapOver, setGapOver] = useState<Gap | null>(null)

  const rows = useMemo(
    () => (viewport.width > 0 ? justify(tiles, { width: viewport.width, targetHeight: rowHeight, gap }) : []),
    [tiles, viewport.width, rowHeight],
  )
  const last = rows.at(-1)
  const height = last ? last.top + last.height : 0
  const { from, to } = overscanRange(scrollTop, viewport)
  const visible = within(rows, from, to)
  const byId = useMemo(() => new Map(tiles.map((tile) => [tile.id, tile])), [tiles])

  useEffect(() => {
    lookAt(scrollTop + viewport.height / 2)
    if (viewport.height > 0 && scrollTop + viewport.height * 2 > height) onEnd?.()
  }, [scrollTop, viewport.height, height, onEnd])

  const moveFocus = (id: string): void => {
    focusSoon(id)
    setFocused(id)
    const element = scroller.current
    const row = rows.find((each) => each.boxes.some((box) => box.tile.id === id))
    if (!element || !row) return
    if (row.top < element.scrollTop) element.scrollTop = row.top - gap
    else if (row.top + row.height > element.scrollTop + element.clientHeight)
      element.scrollTop = row.top + row.height - element.clientHeight + gap
  }
  useEffect(() => {
    if (returnTo !== null) moveFocus(returnTo)
    // Only when a photo is handed back, not whenever rows change.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returnTo])
  const before = useRef(chosen)
  const marquee = useMarquee(scroller, content, {
    start: () => {
      before.current = chosen
    },
    change: ({ left, right, top, bottom }) => {
      const touched = within(rows, top, bottom).flatMap((row) =>
        row.boxes.filter((box) => box.left < right && box.left + box.width > left),
      )
      actions.replace(
        withSpots(
          before.current,
          touched.map((box) => ({ day: nowhere, id: box.tile.id })),
        ),
      )
    },
  })

  /** The chosen photos when this is one of them, in the order of the list. */
  const carriedWith = (id: string): readonly string[] =>
    chosen.has(id) ? tiles.filter((tile) => chosen.has(tile.id)).map((tile) => tile.id) : [id]
  const onDragStart = (event: DragEvent): void => {
    const id = event.target instanceof HTMLElement ? event.target.dataset['tile'] : undefined
    if (id !== undefined) carryPhotos(event, carriedWith(id))
  }
  const gapUnder = (event: DragEvent): Gap | null => {
    const box = content.current?.getBoundingClientRect()
    return box ? gapAt(rows, event.clientX - box.left, event.clientY - box.top) : null
  }
  const onDragOver = (event: DragEvent): void => {
    if (!onMove || !holdsPhotos(event)) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = 'move'
    const gapHere = gapUnder(event)
    if (gapHere?.before !== gapOver?.before || gapHere?.left !== gapOver?.left) setGapOver(gapHere)
  }
  const onDrop = (event: DragEvent): void => {
    setGapOver(null)
    const gapHere = gapUnder(event)
    if (!onMove || !gapHere || !holdsPhotos(event)) return
    event.preventDefault()
    event.stopPropagation()
    const ids = carriedPhotos(event).filter((id) => byId.has(id))
    if (ids.length > 0) onMove(ids, followerOutside(tiles, gapHere.before, ids))
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, currentTarget } = event
    // Dialogs hang on the window, and hand their keys up through React all the same.
    if (!(target instanceof Node) || !currentTarget.contains(target)) return
    if (event.altKey) {
      if (!onMove || focused === null) return
      const ids = carriedWith(focused)
      const before = stepOf(tiles, ids, event.key)
      if (before === undefined) return
      event.preventDefault()
      focusSoon(focused)
      onMove(ids, before)
      return
    }
    const hasModifier = event.ctrlKey || event.metaKey
    if (hasModifier && event.key.toLowerCase() === 'a') actions.widen(nowhere, tiles.length)
    else if (hasModifier) return
    else if (event.key === 'Escape' && chosen.size > 0) actions.clear()
    else if (event.key === 'Delete' && chosen.size > 0 && onDelete) onDelete()
    else if (event.key === ' ' && focused !== null) actions.toggle({ day: nowhere, id: focused })
    else {
      const next = ledTo(rows, focused, event.key, viewport.height)
      if (next === null) return
      if (event.shiftKey && focused !== null) {
        if (chosen.size === 0) actions.toggle({ day: nowhere, id: focused })
        actions.extendTo({ day: nowhere, id: next })
      }
      moveFocus(next)
    }
    event.preventDefault()
  }

  const tabStop = focused !== null && byId.has(focused) ? focused : visible[0]?.boxes[0]?.tile.id
  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="group"
      aria-label={name}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onDragStart={onDragStart}
      onDragOver={onDragOver}
      onDragLeave={(event) => !isWithin(event) && setGapOver(null)}
      onDragEnd={() => setGapOver(null)}
      onDrop={onDrop}
      {...marquee.handlers}
    >
      <div ref={content} className={styles['content']} style={{ height }}>
        {visible.flatMap((row) =>
          row.boxes.map(({ tile, left, width }) => {
            const photo = byId.get(tile.id)
            return (
              <PhotoTile
                key={tile.id}
                tile={tile}
                day={nowhere}
                left={left}
                top={row.top}
                width={width}
                height={row.height}
                offset={row.top}
                isTabStop={tile.id === tabStop}
                isChosen={chosen.has(tile.id)}
                isChoosing={chosen.size > 0 || !onOpen}
                note={photo && noteOf?.(photo)}
                isLoose={onMove !== undefined}
                onPress={(_day, { id }, event) => {
                  if (event.shiftKey) actions.extendTo({ day: nowhere, id })
                  else if (onOpen && (event.detail === 0 || (chosen.size === 0 && !event.ctrlKey && !event.metaKey)))
                    onOpen(id)
                  else actions.toggle({ day: nowhere, id })
                }}
                onCheck={(day, id, event) => {
                  if (event.shiftKey) actions.extendTo({ day, id })
                  else actions.toggle({ day, id })
                  moveFocus(id)
                }}
                onFocus={(_day, id) => setFocused(id)}
              />
            )
          }),
        )}
        {gapOver && (
          <div className={styles['gap']} style={{ left: gapOver.left, top: gapOver.top, height: gapOver.height }} />
        )}
        {marquee.rectangle && <Marquee rectangle={marquee.rectangle} />}
      </div>
    </div>
  )
}
