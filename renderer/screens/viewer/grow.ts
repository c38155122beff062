const durationMs = 180
const easing = 'cubic-bezier(0.2, 0, 0, 1)'

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
    easing,
  })
}

/**
 * Lets what is closed shrink back into its tile: a copy of the picture that nobody can touch, over the window for as long
 * as it moves. Call it while the picture is still there; the tile is looked for once the screen below has come to it.
 */
export function shrinkToTile(stage: HTMLElement, id: string): void {
  const picture = stage.querySelector('img[alt]:not([alt=""])')
  if (!picture || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const from = picture.getBoundingClientRect()
  const copy = picture.cloneNode() as HTMLElement
  copy.removeAttribute('class')
  copy.setAttribute('alt', '')
  Object.assign(copy.style, {
    position: 'fixed',
    left: `${from.left}px`,
    top: `${from.top}px`,
    width: `${from.width}px`,
    height: `${from.height}px`,
    transform: 'none',
    objectFit: 'cover',
    pointerEvents: 'none',
    zIndex: 'var(--layer-viewer)',
  })
  document.body.append(copy)
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const to = document.querySelector(`[data-tile="${CSS.escape(id)}"]`)?.getBoundingClientRect()
      const end = to
        ? { left: `${to.left}px`, top: `${to.top}px`, width: `${to.width}px`, height: `${to.height}px` }
        : { opacity: 0 }
      const flight = copy.animate([{}, end], { duration: durationMs, easing, fill: 'forwards' })
      flight.addEventListener('finish', () => copy.remove())
      flight.addEventListener('cancel', () => copy.remove())
    }),
  )
}
