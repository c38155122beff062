import { useEffect, useMemo, useRef, useState } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { usePreferences } from '../../data/preferences.ts'
import type { TimelineSpot } from '../../data/timeline.ts'
import { useFocusRestore, useGridFocus } from './grid-focus.ts'
import { Marquee } from './Marquee.tsx'
import type { Gap } from './order.ts'
import { PhotoTile } from './PhotoTile.tsx'
import { justify } from './rows.ts'
import type { Chosen, SelectionActions } from './selection.ts'
import { ledTo } from './steps.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useMarqueeSelection } from './use-marquee-selection.ts'
import { overscanRange, useViewport } from './use-near.ts'
import { usePhotoOrder } from './use-photo-order.ts'
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
  useFocusRestore(returnTo, moveFocus)
  const marquee = useMarqueeSelection(scroller, content, { chosen, actions }, ({ left, right, top, bottom }) =>
    within(rows, top, bottom)
      .flatMap((row) => row.boxes.filter((box) => box.left < right && box.left + box.width > left))
      .map((box) => spotOf(box.tile.id)),
  )
  const order = usePhotoOrder(content, tiles, rows, chosen, onMove)
  const onKeyDown = useGridKeys(scroller, {
    chosen,
    actions,
    focused: focused === null ? null : spotOf(focused),
    day: () => ({ day: nowhere, count: tiles.length }),
    ledTo: (key) => {
      const next = ledTo(rows, focused, key, viewport.height)
      return next === null ? null : spotOf(next)
    },
    moveFocus: ({ id }) => moveFocus(id),
    onDelete,
    own: ({ altKey, key }) => {
      if (!altKey || focused === null || !order.stepBy(focused, key)) return false
      focusSoon(focused)
      return true
    },
  })

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
      {...order.handlers}
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
                  if (event.shiftKey) actions.extendTo(spotOf(id))
                  else if (onOpen && (event.detail === 0 || (chosen.size === 0 && !event.ctrlKey && !event.metaKey)))
                    onOpen(id)
                  else actions.toggle(spotOf(id))
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
        {order.gapOver && <GapMark gap={order.gapOver} />}
        {marquee.rectangle && <Marquee rectangle={marquee.rectangle} />}
      </div>
    </div>
  )
}

/** Where photos would come to lie if they were dropped now. */
function GapMark({ gap: { left, top, height } }: { readonly gap: Gap }) {
  return <div className={styles['gap']} style={{ left, top, height }} />
}

function spotOf(id: string): TimelineSpot {
  return { day: nowhere, id }
}
