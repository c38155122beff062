import { useCallback, useEffect, useState, type RefObject } from 'react'
import type { TimelineDay, TimelineSpot } from '../../data/timeline.ts'
import { useFocusRestore, useGridFocus } from '../../components/photos/grid-focus.ts'
import { within } from '../../components/photos/within.ts'
import { findTile, spotNear } from './places.ts'
import { gap, type TimelineView } from './use-timeline-view.ts'

/** Room above and below a photo that gets the focus, for the heading of its day. */
const margin = 72

export interface TimelineFocus {
  readonly focused: TimelineSpot | null
  /** A photo got the focus by itself. */
  readonly noteFocus: (day: string, id: string) => void
  readonly moveFocus: (spot: TimelineSpot) => void
  readonly goToDay: (day: string) => void
  readonly goToEnd: (end: 'first' | 'last') => void
  readonly goAPage: (step: 1 | -1) => void
}

/** Which photo of the timeline has the focus, and the ways to others, also to days that are not fetched yet. */
export function useTimelineFocus(
  days: readonly TimelineDay[],
  { layout, viewport, scrollTop, scrollTo }: TimelineView,
  scroller: RefObject<HTMLElement | null>,
  returnTo: TimelineSpot | null,
): TimelineFocus {
  const [focused, setFocused] = useState<TimelineSpot | null>(null)
  const focusSoon = useGridFocus(scroller)

  const moveFocus = useCallback(
    (spot: TimelineSpot) => {
      focusSoon(spot.id)
      setFocused(spot)
      const element = scroller.current
      const place = layout && findTile(layout, spot)
      if (!element || !place) return
      const top = place.section.gridTop + place.row.top
      if (top < element.scrollTop + margin) scrollTo(top - margin)
      else if (top + place.row.height > element.scrollTop + element.clientHeight - gap)
        scrollTo(top + place.row.height - element.clientHeight + margin)
    },
    [layout, scroller, scrollTo, focusSoon],
  )
  useFocusRestore(returnTo, moveFocus)

  /** A day that was gone to: its first or last photo gets the focus once it is known. */
  const [dayWanted, setDayWanted] = useState<{ readonly day: string; readonly end: 'first' | 'last' } | null>(null)
  useEffect(() => {
    const day = days.find((each) => each.day === dayWanted?.day)
    const tile = dayWanted?.end === 'last' ? day?.tiles[day.count - 1] : day?.tiles[0]
    if (!day || !tile) return
    focusSoon(tile.id)
    // Its photos come from outside, a moment after it was gone to.
    // oxlint-disable-next-line react/set-state-in-effect
    setFocused({ day: day.day, id: tile.id })
    setDayWanted(null)
  }, [dayWanted, days, focusSoon])

  const goToDay = useCallback(
    (day: string) => {
      scrollTo(layout?.byDay.get(day)?.top ?? 0)
      setDayWanted({ day, end: 'first' })
    },
    [layout, scrollTo],
  )
  const goToEnd = (end: 'first' | 'last'): void => {
    const day = days.at(end === 'first' ? 0 : -1)
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
  const noteFocus = useCallback((day: string, id: string) => setFocused({ day, id }), [])
  return { focused, noteFocus, moveFocus, goToDay, goToEnd, goAPage }
}
