import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * The focus of a grid that draws only what is near. A photo that is to get it may be drawn a moment later; one that has
 * it and is scrolled away leaves it with the grid, so that keys go on from there, and has it again when it comes back.
 * Give the function the id of the photo that is wanted.
 */
export function useGridFocus(scroller: RefObject<HTMLElement | null>): (id: string) => void {
  const wanted = useRef<string | null>(null)
  const focused = useRef<string | null>(null)
  const isAway = useRef(false)

  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement) || !scroller.current?.contains(target)) focused.current = null
      else focused.current = target.dataset['tile'] ?? focused.current
    }
    addEventListener('focusin', onFocus)
    return () => removeEventListener('focusin', onFocus)
  }, [scroller])

  // After every drawing: tiles come and go with it.
  useLayoutEffect(() => {
    const element = scroller.current
    const id = wanted.current ?? focused.current
    if (!element || id === null) return
    const tile = tileOf(element, id)
    if (wanted.current !== null) {
      if (!tile) return
      wanted.current = null
      isAway.current = false
      tile.focus({ preventScroll: true })
    } else if (document.activeElement === document.body && !tile) {
      isAway.current = true
      element.focus({ preventScroll: true })
    } else if (isAway.current && tile && document.activeElement === element) {
      isAway.current = false
      tile.focus({ preventScroll: true })
    }
  })
  return useCallback(
    (id) => {
      const tile = tileOf(scroller.current, id)
      // Nothing may be drawn again when the photo is there already.
      tile?.focus({ preventScroll: true })
      wanted.current = tile && document.activeElement === tile ? null : id
    },
    [scroller],
  )
}

/** The photo that is handed back, such as by the viewer when it closes, gets the focus. */
export function useFocusRestore<Spot>(returned: Spot | null, moveFocus: (spot: Spot) => void): void {
  useEffect(() => {
    if (returned !== null) moveFocus(returned)
    // Only when one is handed back, not whenever rows change.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returned])
}

function tileOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(id)}"]`) ?? null
}
