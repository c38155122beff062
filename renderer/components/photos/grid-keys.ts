import type { KeyboardEvent } from 'react'
import type { TimelineSpot } from '../../data/timeline.ts'
import type { Chosen, SelectionActions } from './selection.ts'

export type GridPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'> & {
  /** Whether it was pressed among the photos; else it was beside them, such as in a toolbar. */
  readonly isInGrid: boolean
}

/** What keys do something with. */
export interface GridHand {
  readonly chosen: Chosen
  readonly actions: SelectionActions
  readonly focused: TimelineSpot | null
  /** The day that Ctrl A chooses first; null while there is none. */
  readonly day: () => { readonly day: string; readonly count: number } | null
  /** Where a key leads from the photo that has the focus; null when it leads nowhere. */
  readonly ledTo: (key: string) => TimelineSpot | null
  readonly moveFocus: (spot: TimelineSpot) => void
  readonly onDelete?: (() => void) | undefined
  /** Keys that only this grid has. They come first; true says that it was one of them. */
  readonly own?: (press: GridPress) => boolean
}

/**
 * The keys of a grid of photos: arrows walk, Shift takes along what they pass, Space chooses, Ctrl A chooses a day and then
 * everything, Delete and Esc are for what is chosen. True when the key did something.
 */
export function pressInGrid(press: GridPress, hand: GridHand): boolean {
  const { key, isInGrid } = press
  const { chosen, actions, focused } = hand
  if (hand.own?.(press)) return true
  if (press.altKey) return false
  if (press.ctrlKey || press.metaKey) {
    if (key.toLowerCase() !== 'a') return false
    const wanted = hand.day()
    if (wanted) actions.widen(wanted.day, wanted.count)
    return true
  }
  if (key === 'Escape' && chosen.size > 0) {
    actions.clear()
    return true
  }
  if (key === 'Delete' && chosen.size > 0 && hand.onDelete) {
    hand.onDelete()
    return true
  }
  if (!isInGrid) return false
  if (key === ' ' && focused) {
    actions.toggle(focused)
    return true
  }
  const next = hand.ledTo(key)
  if (!next) return false
  if (press.shiftKey && focused) {
    if (chosen.size === 0) actions.toggle(focused)
    actions.extendTo(next)
  }
  hand.moveFocus(next)
  return true
}
