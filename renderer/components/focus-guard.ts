import { useEffect } from 'react'
import { tabbablesIn } from './tabbable.ts'

interface Focused {
  readonly element: HTMLElement
  readonly box: DOMRect
  /** From the innermost to the page; what is left of them when the element is gone tells where it was. */
  readonly around: readonly Element[]
}

/**
 * Keeps the focus from falling to the page. What has it may go away (a row that was deleted, a dialog whose button is
 * gone) or be switched off while its work runs; then it goes to what is nearest to where it was, or comes back once that
 * is on again. From a notice it goes back to where it was before. A press on nothing leaves it nowhere, as everywhere.
 */
export function useFocusGuard(): void {
  useEffect(() => {
    let last: Focused | null = null
    /** It has it again as soon as it can, or as soon as a notice that had it in between is gone. */
    let comesBack = false
    let frame = 0

    const look = (): void => {
      frame = 0
      if (!last || document.activeElement !== document.body) return
      const { element, box, around } = last
      if (!element.isConnected) nearestIn(around, box)?.focus({ preventScroll: true })
      else if (isOff(element)) comesBack = true
      else if (comesBack) element.focus({ preventScroll: true })
    }
    const lookSoon = (): void => {
      if (last && frame === 0) frame = requestAnimationFrame(look)
    }
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return
      comesBack = target.closest('[data-notices]') !== null
      if (comesBack) return
      last = { element: target, box: target.getBoundingClientRect(), around: ancestorsOf(target) }
    }
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Element && target.closest('a, button, input, label, [tabindex]') === null) last = null
    }
    const observer = new MutationObserver(lookSoon)
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'inert'] })
    addEventListener('focusin', onFocus)
    addEventListener('pointerdown', onPress, true)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      removeEventListener('focusin', onFocus)
      removeEventListener('pointerdown', onPress, true)
    }
  }, [])
}

function isOff(element: HTMLElement): boolean {
  return element.matches(':disabled') || element.closest('[inert]') !== null
}

function ancestorsOf(element: Element): readonly Element[] {
  const around: Element[] = []
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) around.push(each)
  return around
}

/** In what is left around it; a screen whose own parts are all gone has another one in its place. */
function nearestIn(around: readonly Element[], box: DOMRect): HTMLElement | undefined {
  const main = document.querySelector('main')
  for (const place of main ? [...around, main] : around) {
    if (!place.isConnected) continue
    const [nearest] = tabbablesIn(place).toSorted((one, other) => distance(one, box) - distance(other, box))
    if (nearest) return nearest
  }
  return undefined
}

function distance(element: Element, from: DOMRect): number {
  const box = element.getBoundingClientRect()
  return Math.hypot(box.left - from.left, box.top - from.top)
}
