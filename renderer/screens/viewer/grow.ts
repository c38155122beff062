const durationMs = 180

/** Lets what is opened grow out of the tile it was opened from, unless the person wants no motion. */
export function growFromTile(element: HTMLElement, id: string): void {
  const tile = document.querySelector(`[data-tile="${CSS.escape(id)}"]`)
  if (!tile || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const from = tile.getBoundingClientRect()
  const to = element.getBoundingClientRect()
  if (to.width === 0 || to.height === 0) return
  const scale = Math.max(from.width / to.width, from.height / to.height)
  const x = from.left + from.width / 2 - to.left - to.width / 2
  const y = from.top + from.height / 2 - to.top - to.height / 2
  element.animate([{ transform: `translate(${x}px, ${y}px) scale(${scale})` }, { transform: 'none' }], {
    duration: durationMs,
    easing: 'cubic-bezier(0.2, 0, 0, 1)',
  })
}
