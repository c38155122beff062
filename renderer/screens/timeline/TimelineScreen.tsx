import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { undated, useTimeline, type TimelineStore } from '../../engine/timeline.ts'
import { Problem } from '../../parts/Problem.tsx'
import { words } from '../../words/en.ts'
import { day as dayName, month as monthName } from '../../words/format.ts'
import { findTile, layOut, neighbour, within, type Direction, type Layout, type Section } from './layout.ts'
import { countWithin, type RowOptions } from './rows.ts'
import { TimelineEmpty } from './TimelineEmpty.tsx'
import { TimelineTile } from './TimelineTile.tsx'
import styles from './TimelineScreen.module.css'

export interface Spot {
  readonly day: string
  readonly id: string
}

const targetHeight = 200
const gap = 4
const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** What the top of the viewport shows, so that it stays there when days above it grow. */
interface Anchor {
  readonly day: string
  readonly id: string | null
  readonly offset: number
}

export function TimelineScreen({
  store,
  onOpen,
  returnTo,
  onImport,
}: {
  readonly store: TimelineStore
  readonly onOpen: (spot: Spot) => void
  /** The tile that gets the focus back when the viewer closes. */
  readonly returnTo: Spot | null
  readonly onImport: (kind: 'folders' | 'files') => void
}) {
  const timeline = useTimeline(store)
  const scroller = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState({ width: 0, height: 0, padding: 0 })
  const [scrollTop, setScrollTop] = useState(0)
  const [focused, setFocused] = useState<Spot | null>(null)
  const drawn = useRef<Layout | null>(null)
  const focusWanted = useRef<Spot | null>(null)
  const isEmpty = timeline.status === 'ready' && timeline.total === 0

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = (): void => {
      const style = getComputedStyle(element)
      const padding = Number.parseFloat(style.paddingInlineStart)
      setViewport({ width: element.clientWidth - padding * 2, height: element.clientHeight, padding })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isEmpty, timeline.status])

  const options: RowOptions = useMemo(() => ({ width: viewport.width, targetHeight, gap }), [viewport.width])
  const layout = useMemo(
    () => (viewport.width > 0 ? layOut(timeline.days, options) : null),
    [timeline.days, options, viewport.width],
  )

  // What stood at the top before days above it grew or shrank stands there afterwards. The place is read from the
  // window itself: a scroll may have happened that no event has told yet.
  useLayoutEffect(() => {
    const element = scroller.current
    const before = drawn.current
    drawn.current = layout
    if (!layout || !element || !before || before === layout || element.scrollTop <= 0) return
    const anchor = anchorAt(before, element.scrollTop)
    const top = anchor && topOf(layout, anchor)
    if (top === null || Math.abs(top - element.scrollTop) < 1) return
    element.scrollTop = top
    setScrollTop(element.scrollTop)
  }, [layout])

  // One screen more on each side, so that a flick of the wheel finds its photos.
  const from = scrollTop - viewport.height
  const to = scrollTop + viewport.height * 2
  const visible = useMemo(() => (layout ? within(layout.sections, from, to) : []), [layout, from, to])

  useEffect(() => {
    const centre = scrollTop + viewport.height / 2
    const wanted = visible.map((section) => ({
      day: section.day,
      upTo: countWithin(Math.min(to, section.top + section.height) - section.gridTop, options),
      distance: Math.max(section.top - centre, centre - section.top - section.height, 0),
    }))
    store.want(wanted.sort((one, other) => one.distance - other.distance))
  }, [store, visible, options, scrollTop, viewport.height, to, timeline.days])

  const reveal = useCallback(
    (spot: Spot) => {
      const element = scroller.current
      const place = layout && findTile(layout, spot)
      if (!element || !place) return
      const top = place.section.gridTop + place.row.top
      const margin = 72
      if (top < element.scrollTop + margin) element.scrollTop = top - margin
      else if (top + place.row.height > element.scrollTop + element.clientHeight - gap)
        element.scrollTop = top + place.row.height - element.clientHeight + margin
      setScrollTop(element.scrollTop)
    },
    [layout],
  )

  const moveFocus = useCallback(
    (spot: Spot) => {
      focusWanted.current = spot
      setFocused(spot)
      reveal(spot)
    },
    [reveal],
  )

  useEffect(() => {
    if (returnTo) moveFocus(returnTo)
    // Only when the viewer hands a tile back, not whenever the layout changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returnTo])

  // The tile may be drawn a moment after it was asked for.
  useEffect(() => {
    const wanted = focusWanted.current
    if (!wanted) return
    const element = scroller.current?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(wanted.id)}"]`)
    if (!element) return
    focusWanted.current = null
    element.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = directions[event.key]
    if (!layout || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault()
      if (scroller.current) scroller.current.scrollTop = event.key === 'Home' ? 0 : layout.height
      return
    }
    if (!direction) return
    event.preventDefault()
    const place = focused && findTile(layout, focused)
    if (place) {
      const next = neighbour(layout, place, direction)
      if (next) moveFocus(next)
      return
    }
    const first = within(layout.sections, scrollTop, scrollTop + viewport.height).find((each) => each.rows.length > 0)
    const box = first?.rows[0]?.boxes[0]
    if (first && box) moveFocus({ day: first.day, id: box.tile.id })
  }

  const open = useCallback((day: string, tile: Tile) => onOpen({ day, id: tile.id }), [onOpen])
  const noteFocus = useCallback((day: string, id: string) => setFocused({ day, id }), [])

  if (timeline.status === 'failed') {
    return (
      <div className={styles['problem']}>
        <Problem sentence={sentenceOf(timeline.error)} onRetry={() => store.invalidate()} />
      </div>
    )
  }
  if (isEmpty) return <TimelineEmpty onImport={onImport} />

  const focusedPlace = focused && layout && findTile(layout, focused)
  const tabStop = focusedPlace?.box.tile.id ?? visible.find((each) => each.rows.length > 0)?.rows[0]?.boxes[0]?.tile.id
  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      role="group"
      aria-label={words.timeline.grid}
      aria-busy={timeline.status === 'loading'}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div className={styles['content']} style={{ height: layout?.height ?? 0 }}>
        {visible.map((section) => (
          <DaySection
            key={section.day}
            section={section}
            from={from}
            to={to}
            tabStop={tabStop}
            onOpen={open}
            onFocus={noteFocus}
          />
        ))}
      </div>
    </div>
  )
}

function DaySection({
  section,
  from,
  to,
  tabStop,
  onOpen,
  onFocus,
}: {
  readonly section: Section
  readonly from: number
  readonly to: number
  readonly tabStop: string | undefined
  readonly onOpen: (day: string, tile: Tile) => void
  readonly onFocus: (day: string, id: string) => void
}) {
  const { day, top, height, gridTop, rows, opensMonth, missingHeight } = section
  const isUndated = day === undated
  const rowsHeight = height - (gridTop - top)
  return (
    <section className={styles['day']} style={{ top, height }}>
      {opensMonth && (
        <h2 className={styles['month']}>{isUndated ? words.timeline.undated : monthName(`${day.slice(0, 7)}-01`)}</h2>
      )}
      <h3 className={styles['date']}>{isUndated ? words.timeline.undatedDay : dayName(day)}</h3>
      <div className={styles['grid']} style={{ height: rowsHeight }}>
        {within(rows, from - gridTop, to - gridTop).map((row) =>
          row.boxes.map(({ tile, left, width }) => (
            <TimelineTile
              key={tile.id}
              tile={tile}
              day={day}
              left={left}
              top={row.top}
              width={width}
              height={row.height}
              isTabStop={tile.id === tabStop}
              onOpen={onOpen}
              onFocus={onFocus}
            />
          )),
        )}
        {missingHeight > 0 && rows.length === 0 && (
          <div className={styles['missing']} style={{ height: missingHeight - gap }} />
        )}
      </div>
    </section>
  )
}

function anchorAt(layout: Layout, top: number): Anchor | null {
  const section = within(layout.sections, top, top).at(-1)
  if (!section) return null
  const row = within(section.rows, top - section.gridTop, top - section.gridTop + 1).at(-1)
  const box = row?.boxes[0]
  if (row && box) return { day: section.day, id: box.tile.id, offset: top - section.gridTop - row.top }
  return { day: section.day, id: null, offset: top - section.top }
}

function topOf(layout: Layout, anchor: Anchor): number | null {
  if (anchor.id !== null) {
    const place = findTile(layout, { day: anchor.day, id: anchor.id })
    if (place) return place.section.gridTop + place.row.top + anchor.offset
  }
  const section = layout.byDay.get(anchor.day)
  return section ? section.top + Math.min(anchor.offset, section.height) : null
}
