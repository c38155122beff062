import { useRef, type RefObject } from 'react'
import type { TimelineSpot } from '../../data/timeline.ts'
import { withSpots, type Chosen, type SelectionActions } from './selection.ts'
import { useMarquee, type Marquee, type Rectangle } from './use-marquee.ts'

/** A rectangle that is drawn chooses what it touches, besides what was chosen before. */
export function useMarqueeSelection(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  { chosen, actions }: { readonly chosen: Chosen; readonly actions: SelectionActions },
  touched: (rectangle: Rectangle) => readonly TimelineSpot[],
): Marquee {
  const before = useRef(chosen)
  return useMarquee(scroller, content, {
    start: () => {
      before.current = chosen
    },
    change: (rectangle) => actions.replace(withSpots(before.current, touched(rectangle))),
  })
}
