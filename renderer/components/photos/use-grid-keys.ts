import type { KeyboardEvent, RefObject } from 'react'
import { pressInGrid, type GridHand } from './grid-keys.ts'

/** The keys of a grid of photos, for the element that holds it; `hand` is null while nothing is drawn. */
export function useGridKeys(
  scroller: RefObject<HTMLElement | null>,
  hand: GridHand | null,
): (event: KeyboardEvent) => void {
  return (event) => {
    const { target, currentTarget, key, altKey, ctrlKey, metaKey, shiftKey } = event
    // Dialogs and popovers hang on the window, and hand their keys up through React all the same.
    if (!hand || !(target instanceof Node) || !currentTarget.contains(target)) return
    const isInGrid = scroller.current?.contains(target) ?? false
    if (pressInGrid({ key, altKey, ctrlKey, metaKey, shiftKey, isInGrid }, hand)) event.preventDefault()
  }
}
