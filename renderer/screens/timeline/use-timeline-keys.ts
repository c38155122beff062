import type { KeyboardEvent, RefObject } from 'react'
import { toggleFavourites } from '../../components/photos/favourite-action.ts'
import type { GridPress } from '../../components/photos/grid-keys.ts'
import type { Chosen, SelectionActions } from '../../components/photos/selection.ts'
import { moveToTrash } from '../../components/photos/trash-action.ts'
import { useGridKeys } from '../../components/photos/use-grid-keys.ts'
import { levelOf, setLevel } from '../../components/photos/zoom.ts'
import { ledTo } from './places.ts'
import type { TimelineFocus } from './use-timeline-focus.ts'
import type { TimelineView } from './use-timeline-view.ts'

/** The keys of the timeline: those of every grid, and favourites, rows larger and smaller, ends and pages. */
export function useTimelineKeys(
  scroller: RefObject<HTMLElement | null>,
  { chosen, actions }: { readonly chosen: Chosen; readonly actions: SelectionActions },
  { layout, visible, scrollTop, viewport }: TimelineView,
  { focused, moveFocus, goToEnd, goAPage }: TimelineFocus,
  rowHeight: number,
): (event: KeyboardEvent) => void {
  const own = ({ key, isInGrid, ...held }: GridPress): boolean => {
    if (held.altKey || held.ctrlKey || held.metaKey) return false
    if (key.toLowerCase() === 'f' && chosen.size > 0) void toggleFavourites([...chosen.keys()])
    else if (!isInGrid) return false
    else if (key.toLowerCase() === 'f' && focused) void toggleFavourites([focused.id])
    else if (key === ' ' && held.shiftKey && focused) actions.extendTo(focused)
    else if (key === '+' || key === '-') setLevel(levelOf(rowHeight) + (key === '+' ? 1 : -1))
    else if (key === 'Home' || key === 'End') goToEnd(key === 'Home' ? 'first' : 'last')
    else if (key === 'PageUp' || key === 'PageDown') goAPage(key === 'PageDown' ? 1 : -1)
    else return false
    return true
  }
  return useGridKeys(
    scroller,
    layout && {
      chosen,
      actions,
      focused,
      day: () => {
        const day = focused?.day ?? visible[0]?.day
        return day === undefined ? null : { day, count: layout.byDay.get(day)?.count ?? 0 }
      },
      ledTo: (key) => ledTo(layout, focused, key, { top: scrollTop, height: viewport.height }),
      moveFocus,
      onDelete: () => void moveToTrash([...chosen.keys()], actions.clear),
      own,
    },
  )
}
