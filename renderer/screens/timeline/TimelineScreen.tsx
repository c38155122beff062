import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { usePreferences } from '../../data/preferences.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { undated, useTimeline, type TimelineSpot, type TimelineStore } from '../../data/timeline.ts'
import { Problem } from '../../components/Problem.tsx'
import { month as monthName } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { carryPhotos } from '../../components/photos/carry.ts'
import { DaySection } from './DaySection.tsx'
import { within } from '../../components/photos/within.ts'
import { layOut, type Layout } from './layout.ts'
import { earlierDays, OnThisDay, onThisDayHeight } from './OnThisDay.tsx'
import { anchorAt, findTile, neighbour, spotNear, tilesIn, topOf, type Direction } from './places.ts'
import { countWithin, type RowOptions } from '../../components/photos/rows.ts'
import { Scrubber } from './Scrubber.tsx'
import { useGridFocus } from '../../components/photos/grid-focus.ts'
import { useSelection, withSpots } from '../../components/photos/selection.ts'
import { toggleFavourites } from '../../components/photos/favourite-action.ts'
import { moveToTrash } from '../../components/photos/trash-action.ts'
import { Marquee } from '../../components/photos/Marquee.tsx'
import { SelectionBar } from '../../components/photos/SelectionBar.tsx'
import { TimelineEmpty } from './TimelineEmpty.tsx'
import { TimelineToolbar } from './TimelineToolbar.tsx'
import { useEscape } from '../../components/photos/use-escape.ts'
import { useMarquee } from '../../components/photos/use-marquee.ts'
import { useToday } from './use-today.ts'
import { overscanRange, useViewport } from '../../components/photos/use-near.ts'
import { lookAt } from '../../components/photos/viewport.ts'
import { levelOf, setLevel } from '../../components/photos/zoom.ts'
import styles from './TimelineScreen.module.css'

const gap = 4
const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export function TimelineScreen({
  store,
  onView,
  returnTo,
  onImport,
}: {
  readonly store: TimelineStore
  readonly onView: (sequence: PhotoSequence, first: TimelineSpot) => void
  /** The tile that gets the focus back when the viewer closes. */
  readonly returnTo: TimelineSpot | null
  readonly onImport: (kind: 'folders' | 'files') => void
}) {
  const onOpen = useCallback((spot: TimelineSpot) => onView(store, spot), [onView, store])
  const timeline = useTimeline(store)
  const { rowHeight } = usePreferences()
  const today = useToday()
  const { chosen, actions: selection } = useSelection(store)
  useEscape(chosen.size > 0, selection.clear)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [focused, setFocused] = useState<TimelineSpot | null>(null)
  const drawn = useRef<Layout | null>(null)
  const focusSoon = useGridFocus(scroller)
  const isEmpty = timeline.status === 'ready' && timeline.total === 0
  const viewport = useViewport(scroller, `${isEmpty} ${timeline.status}`)

  const memories = useMemo(() => earlierDays(timeline.days, today), [timeline.days, today])
  const options: RowOptions = useMemo(
    () => ({ width: viewport.width, targetHeight: rowHeight, gap }),
    [viewport.width, rowHeight],
  )
  const layout = useMemo(
    () => (viewport.width > 0 ? layOut(timeline.days, options, memories.length > 0 ? onThisDayHeight : 0) : null),
    [timeline.days, options, viewport.width, memories.length],
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

  const { from, to } = overscanRange(scrollTop, viewport)
  const visible = useMemo(() => (layout ? within(layout.sections, from, to) : []), [layout, from, to])

  useEffect(() => {
    const centre = scrollTop + viewport.height / 2
    lookAt(centre)
    const wanted = visible.map((section) => ({
      day: section.day,
      upTo: countWithin(Math.min(to, section.top + section.height) - section.gridTop, options),
      distance: Math.max(section.top - centre, centre - section.top - section.height, 0),
    }))
    wanted.sort((one, other) => one.distance - other.distance)
    store.want([...wanted, ...memories.map(({ day }) => ({ day, upTo: 1 }))])
  }, [store, visible, memories, options, scrollTop, viewport.height, to, timeline.days])

  const scrollTo = useCallback((top: number) => {
    if (!scroller.current) return
    scroller.current.scrollTop = top
    setScrollTop(scroller.current.scrollTop)
  }, [])

  const moveFocus = useCallback(
    (spot: TimelineSpot) => {
      focusSoon(spot.id)
      setFocused(spot)
      const element = scroller.current
      const place = layout && findTile(layout, spot)
      if (!element || !place) return
      const top = place.section.gridTop + place.row.top
      const margin = 72
      if (top < element.scrollTop + margin) scrollTo(top - margin)
      else if (top + place.row.height > element.scrollTop + element.clientHeight - gap)
        scrollTo(top + place.row.height - element.clientHeight + margin)
    },
    [layout, scrollTo, focusSoon],
  )

  useEffect(() => {
    if (returnTo) moveFocus(returnTo)
    // Only when the viewer hands a tile back, not whenever the layout changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returnTo])

  /** A day that was gone to: its first or last photo gets the focus once it is known. */
  const [dayWanted, setDayWanted] = useState<{ readonly day: string; readonly end: 'first' | 'last' } | null>(null)
  useEffect(() => {
    const day = timeline.days.find((each) => each.day === dayWanted?.day)
    const tile = dayWanted?.end === 'last' ? day?.tiles[day.count - 1] : day?.tiles[0]
    if (!day || !tile) return
    focusSoon(tile.id)
    setFocused({ day: day.day, id: tile.id })
    setDayWanted(null)
  }, [dayWanted, timeline.days, focusSoon])

  const goToDay = useCallback(
    (day: string) => {
      scrollTo(layout?.byDay.get(day)?.top ?? 0)
      setDayWanted({ day, end: 'first' })
    },
    [layout, scrollTo],
  )
  const goToEnd = (end: 'first' | 'last'): void => {
    const day = timeline.days.at(end === 'first' ? 0 : -1)
    scrollTo(end === 'first' ? 0 : (layout?.height ?? 0))
    if (day) setDayWanted({ day: day.day, end })
  }
  const goAPage = (step: 1 | -1): void => {
    if (!layout) return
    const place = focused && findTile(layout, focused)
    const from = place ? place.section.gridTop + place.row.top : scrollTop
    const spot = spotNear(layout, from + step * viewport.height, place ? place.section.left + place.box.left : 0)
    if (spot) {
      moveFocus(spot)
      return
    }
    // What is there has not been fetched yet.
    scrollTo(scrollTop + step * viewport.height)
    const day = within(layout.sections, from + step * viewport.height, from + step * viewport.height)[0]?.day
    if (day !== undefined) setDayWanted({ day, end: 'first' })
  }

  // React listens to the wheel passively, and zooming must keep the page from scrolling.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return
      event.preventDefault()
      if (event.deltaY !== 0) setLevel(levelOf(rowHeight) - Math.sign(event.deltaY))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [rowHeight, isEmpty, timeline.status])

  const beforeMarquee = useRef(chosen)
  const marquee = useMarquee(scroller, content, {
    start: () => {
      beforeMarquee.current = chosen
    },
    change: (rectangle) => {
      if (!layout) return
      const touched = tilesIn(layout, rectangle).map(({ day, tile }) => ({ day, id: tile.id }))
      selection.replace(withSpots(beforeMarquee.current, touched))
    },
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, currentTarget } = event
    // Popovers hang on the window, and hand their keys up through React all the same.
    if (!layout || event.altKey || !(target instanceof Node) || !currentTarget.contains(target)) return
    const isInGrid = scroller.current?.contains(target) ?? false
    const hasModifier = event.ctrlKey || event.metaKey
    const direction = directions[event.key]
    if (hasModifier && event.key.toLowerCase() === 'a') {
      const day = focused?.day ?? visible[0]?.day
      if (day !== undefined) selection.widen(day, layout.byDay.get(day)?.count ?? 0)
    } else if (hasModifier) return
    else if (event.key === 'Escape' && chosen.size > 0) selection.clear()
    else if (event.key === 'Delete' && chosen.size > 0) void moveToTrash([...chosen.keys()], selection.clear)
    else if (event.key.toLowerCase() === 'f' && chosen.size > 0) void toggleFavourites([...chosen.keys()])
    else if (event.key.toLowerCase() === 'f' && isInGrid && focused) void toggleFavourites([focused.id])
    else if (!isInGrid) return
    else if (event.key === ' ' && focused) {
      if (event.shiftKey) selection.extendTo(focused)
      else selection.toggle(focused)
    } else if (event.key === '+' || event.key === '-') setLevel(levelOf(rowHeight) + (event.key === '+' ? 1 : -1))
    else if (event.key === 'Home' || event.key === 'End') goToEnd(event.key === 'Home' ? 'first' : 'last')
    else if (event.key === 'PageUp' || event.key === 'PageDown') goAPage(event.key === 'PageDown' ? 1 : -1)
    else if (direction) {
      const place = focused && findTile(layout, focused)
      const next = place ? neighbour(layout, place, direction) : firstIn(layout, scrollTop, viewport.height)
      if (!next) return
      if (event.shiftKey && focused) {
        if (chosen.size === 0) selection.toggle(focused)
        selection.extendTo(next)
      }
      moveFocus(next)
    } else return
    event.preventDefault()
  }

  const { toggle, extendTo, toggleDay } = selection
  const isChoosing = chosen.size > 0
  const press = useCallback(
    (day: string, tile: Tile, event: MouseEvent) => {
      const spot = { day, id: tile.id }
      // Enter presses without a pointer, and opens whatever is chosen.
      if (event.detail === 0) onOpen(spot)
      else if (event.shiftKey) extendTo(spot)
      else if (event.ctrlKey || event.metaKey || isChoosing) toggle(spot)
      else onOpen(spot)
    },
    [onOpen, extendTo, toggle, isChoosing],
  )
  const check = useCallback(
    (day: string, id: string, event: MouseEvent) => {
      if (event.shiftKey) extendTo({ day, id })
      else toggle({ day, id })
      moveFocus({ day, id })
    },
    [extendTo, toggle, moveFocus],
  )
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
    <section className={styles['timeline']} aria-label={t('nav.timeline')} onKeyDown={onKeyDown}>
      <div className={styles['head']}>
        {isChoosing ? (
          <SelectionBar chosen={chosen} onClear={selection.clear} />
        ) : (
          <TimelineToolbar
            place={placeName(layout, scrollTop)}
            days={timeline.days}
            rowHeight={rowHeight}
            onDay={goToDay}
          />
        )}
      </div>
      <div
        ref={scroller}
        className={styles['scroller']}
        tabIndex={-1}
        role="group"
        aria-label={t('timeline.grid')}
        aria-busy={timeline.status === 'loading'}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onDragStart={(event) => carryPhotos(event, [...chosen.keys()])}
        {...marquee.handlers}
      >
        <div ref={content} className={styles['content']} style={{ height: layout?.height ?? 0 }}>
          {memories.length > 0 && <OnThisDay days={memories} today={today} onOpen={onOpen} />}
          {visible.map((section) => (
            <DaySection
              key={section.day}
              section={section}
              from={from}
              to={to}
              tabStop={tabStop}
              chosen={chosen}
              onPress={press}
              onCheck={check}
              onFocus={noteFocus}
              onToggleDay={toggleDay}
            />
          ))}
          {marquee.rectangle && <Marquee rectangle={marquee.rectangle} />}
        </div>
      </div>
      {layout && (
        <Scrubber layout={layout} total={timeline.total} top={scrollTop} height={viewport.height} onTop={scrollTo} />
      )}
    </section>
  )
}

function firstIn(layout: Layout, top: number, height: number): TimelineSpot | null {
  const section = within(layout.sections, top, top + height).find((each) => each.rows.length > 0)
  const box = section?.rows[0]?.boxes[0]
  return section && box ? { day: section.day, id: box.tile.id } : null
}

/** The month at the top of the viewport. */
function placeName(layout: Layout | null, top: number): string {
  const section = layout && within(layout.sections, top + 1, top + 1)[0]
  if (!section || top <= 0) return t('nav.timeline')
  return section.day === undated ? t('timeline.undated') : monthName(`${section.day.slice(0, 7)}-01`)
}
