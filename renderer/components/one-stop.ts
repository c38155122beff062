import { useCallback } from 'react'
import { tabbablesIn } from './tabbable.ts'

/**
 * Makes a list or toolbar one tab stop: Tab leads to one of its controls, arrow keys to the others. Where a control
 * stands tells which key leads to it, so rows, columns and grids that wrap need nothing more. Give what it returns to
 * the list as its `ref`. The stop begins at the entry that is current, and stays where the focus was last.
 */
export function useOneStop(): (list: HTMLElement | null) => (() => void) | undefined {
  return useCallback((list) => (list ? keepOneStop(list) : undefined), [])
}

function keepOneStop(list: HTMLElement): () => void {
  let stop: HTMLElement | null = null
  list.dataset['oneStop'] = ''

  const settle = (): void => {
    const controls = controlsOf(list)
    if (!stop || !controls.includes(stop)) stop = currentOf(controls) ?? controls[0] ?? null
    for (const control of controls) {
      const wanted = control === stop ? 0 : -1
      if (control.tabIndex !== wanted) control.tabIndex = wanted
    }
  }
  const onFocus = (event: FocusEvent): void => {
    const control = controlsOf(list).find((each) => each === event.target)
    if (!control) return
    stop = control
    settle()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const controls = controlsOf(list)
    const at = controls.findIndex((each) => each === event.target)
    const next = at < 0 ? undefined : ledTo(controls, at, event.key, list)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  const observer = new MutationObserver(settle)
  observer.observe(list, { subtree: true, childList: true, attributeFilter: ['disabled', 'inert', 'aria-current'] })
  list.addEventListener('focusin', onFocus)
  list.addEventListener('keydown', onKey)
  settle()
  return () => {
    observer.disconnect()
    list.removeEventListener('focusin', onFocus)
    list.removeEventListener('keydown', onKey)
  }
}

/** What arrow keys reach; a list within the list keeps a stop of its own. */
function controlsOf(list: HTMLElement): HTMLElement[] {
  return tabbablesIn(list, { andSkipped: true }).filter((each) => each.closest('[data-one-stop]') === list)
}

function currentOf(controls: readonly HTMLElement[]): HTMLElement | undefined {
  return controls.find((each) => each.getAttribute('aria-current') !== null)
}

function ledTo(controls: readonly HTMLElement[], at: number, key: string, list: HTMLElement): HTMLElement | undefined {
  switch (key) {
    case 'ArrowLeft':
      return controls[at - 1]
    case 'ArrowRight':
      return controls[at + 1]
    case 'Home':
      return controls[0]
    case 'End':
      return controls.at(-1)
    case 'ArrowUp':
      return inLine(controls.slice(0, at).toReversed(), controls[at])
    case 'ArrowDown':
      return inLine(controls.slice(at + 1), controls[at])
    case 'PageUp':
      return pageAway(controls.slice(0, at).toReversed(), controls[at], list)
    case 'PageDown':
      return pageAway(controls.slice(at + 1), controls[at], list)
    default:
      return undefined
  }
}

/** Of the next line of controls the one that stands nearest. */
function inLine(ahead: readonly HTMLElement[], from: HTMLElement | undefined): HTMLElement | undefined {
  const here = from?.getBoundingClientRect()
  if (!here) return undefined
  const isElsewhere = (box: DOMRect): boolean => box.bottom <= here.top + 1 || box.top >= here.bottom - 1
  const first = ahead.find((each) => isElsewhere(each.getBoundingClientRect()))
  const line = first?.getBoundingClientRect()
  if (!line) return undefined
  return ahead
    .filter((each) => {
      const box = each.getBoundingClientRect()
      return box.bottom > line.top + 1 && box.top < line.bottom - 1
    })
    .toSorted((one, other) => distance(one, here) - distance(other, here))[0]
}

function pageAway(
  ahead: readonly HTMLElement[],
  from: HTMLElement | undefined,
  list: HTMLElement,
): HTMLElement | undefined {
  const here = from?.getBoundingClientRect()
  if (!here) return undefined
  const page = Math.max((scrollerOf(list)?.clientHeight ?? innerHeight) - here.height, here.height)
  return ahead.findLast((each) => Math.abs(each.getBoundingClientRect().top - here.top) <= page)
}

function scrollerOf(list: HTMLElement): HTMLElement | null {
  for (let each: HTMLElement | null = list; each; each = each.parentElement) {
    if (each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY !== 'visible') return each
  }
  return null
}

function distance(control: HTMLElement, from: DOMRect): number {
  return Math.abs(control.getBoundingClientRect().left - from.left)
}
