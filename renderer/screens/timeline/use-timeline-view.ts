import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Timeline, TimelineDay, TimelineStore } from '../../data/timeline.ts'
import { countWithin, type RowOptions } from '../../components/photos/rows.ts'
import { overscanRange, useViewport, type Viewport } from '../../components/photos/use-near.ts'
import { lookAt } from '../../components/photos/viewport.ts'
import { within } from '../../components/photos/within.ts'
import { layOut, type Layout, type Section } from './layout.ts'
import { earlierDays, onThisDayHeight } from './OnThisDay.tsx'
import { anchorAt, topOf } from './places.ts'
import { useToday } from './use-today.ts'

export const gap = 4

export interface TimelineView {
  /** Null until the width is known. */
  readonly layout: Layout | null
  readonly viewport: Viewport
  readonly scrollTop: number
  /** What is drawn: the days that touch this stretch. */
  readonly visible: readonly Section[]
  readonly from: number
  readonly to: number
  readonly today: string
  /** Days of earlier years that fell on this one. */
  readonly memories: readonly TimelineDay[]
  readonly scrollTo: (top: number) => void
  /** Tells where the scroller stands now. */
  readonly noteScroll: (top: number) => void
}

/** The timeline laid out for its viewport, and where that stands; the store is told what is near. `key` says that the scroller is another one. */
export function useTimelineView(
  store: TimelineStore,
  { days }: Timeline,
  rowHeight: number,
  scroller: RefObject<HTMLElement | null>,
  key: string,
): TimelineView {
  const today = useToday()
  const [scrollTop, setScrollTop] = useState(0)
  const viewport = useViewport(scroller, key)
  const memories = useMemo(() => earlierDays(days, today), [days, today])
  const options: RowOptions = useMemo(
    () => ({ width: viewport.width, targetHeight: rowHeight, gap }),
    [viewport.width, rowHeight],
  )
  const layout = useMemo(
    () => (viewport.width > 0 ? layOut(days, options, memories.length > 0 ? onThisDayHeight : 0) : null),
    [days, options, viewport.width, memories.length],
  )
  useSamePlace(scroller, layout, setScrollTop)

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
  }, [store, visible, memories, options, scrollTop, viewport.height, to])

  const scrollTo = useCallback(
    (top: number) => {
      if (!scroller.current) return
      scroller.current.scrollTo({ top })
      setScrollTop(scroller.current.scrollTop)
    },
    [scroller],
  )
  return { layout, viewport, scrollTop, visible, from, to, today, memories, scrollTo, noteScroll: setScrollTop }
}

/**
 * What stood at the top before days above it grew or shrank stands there afterwards. The place is read from the window
 * itself: a scroll may have happened that no event has told yet.
 */
function useSamePlace(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout | null,
  onMoved: (top: number) => void,
): void {
  const drawn = useRef<Layout | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    const before = drawn.current
    drawn.current = layout
    if (!layout || !element || !before || before === layout || element.scrollTop <= 0) return
    const anchor = anchorAt(before, element.scrollTop)
    const top = anchor && topOf(layout, anchor)
    if (top === null || Math.abs(top - element.scrollTop) < 1) return
    element.scrollTo({ top })
    onMoved(element.scrollTop)
  }, [scroller, layout, onMoved])
}
