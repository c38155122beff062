const controls = 'a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]'

/** Everything in an element that takes the focus, in order; with `andSkipped` also what Tab passes over for now. */
export function tabbablesIn(element: Element, { andSkipped = false } = {}): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(controls)].filter((each) => {
    if (each.matches(':disabled, [hidden], [type="hidden"]') || each.closest('[inert], [data-overflow]')) return false
    if (!andSkipped && each.tabIndex < 0) return false
    return each.getClientRects().length > 0
  })
}
