/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/**
 * What is wrong with how the page fits its window, in sentences; empty when everything on it can be seen and reached.
 * The window itself never scrolls; a control may need its own list to be scrolled; the buttons of a dialog never do.
 */
export function whatDoesNotFit(window: Page): Promise<readonly string[]> {
  return window.evaluate(() => {
    const faults: string[] = []
    const say = (fault: string, element: Element): void => {
      const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
        .replaceAll(/\s+/g, ' ')
        .trim()
        .slice(0, 40)
      const { left, top, right, bottom } = element.getBoundingClientRect()
      const box = [left, top, right, bottom].map(Math.round).join(' ')
      faults.push(`${fault}: ${element.tagName.toLowerCase()} “${name}” at ${box} of ${innerWidth}×${innerHeight}`)
    }

    const isHidden = (element: Element): boolean =>
      element.closest('[inert], [aria-hidden="true"]') !== null ||
      !element.checkVisibility({ visibilityProperty: true })
    /** For screen readers only. */
    const isUnseen = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect()
      return width <= 1 || height <= 1
    }
    const scrolls = (element: Element, axis: 'X' | 'Y'): boolean =>
      ['auto', 'scroll'].includes(getComputedStyle(element)[`overflow${axis}`])

    const dialogs = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].filter((each) => !isHidden(each))
    const scope = dialogs.at(-1) ?? document.body

    // The buttons of a dialog are there before anything is scrolled.
    if (scope !== document.body) {
      const { left, top, right, bottom } = scope.getBoundingClientRect()
      if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5)
        say('it goes beyond the window', scope)
      for (const button of scope.querySelectorAll('[data-actions] button')) {
        const box = button.getBoundingClientRect()
        if (box.bottom > bottom + 0.5 || box.right > right + 0.5 || box.left < left - 0.5)
          say('this button of a dialog is out of it', button)
      }
    }

    /** What stands for it is drawn beside it. */
    const isOf = (element: Element, type: string): boolean =>
      element instanceof HTMLInputElement && (element.hasAttribute('hidden') || element.type === type)
    const controls = [
      ...scope.querySelectorAll<HTMLElement>(
        'a[href], button, input, textarea, select, summary, video, [role="slider"], [role="option"], [role="menuitem"], [role="menuitemradio"]',
      ),
    ].filter((each) => !isHidden(each) && !isUnseen(each) && !isOf(each, 'range'))
    for (const control of controls) {
      control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) {
        say('it cannot be brought into the window', control)
        continue
      }
      const hit = document.elementFromPoint(x, y)
      const isOnTop = hit !== null && (control.contains(hit) || labelOf(control)?.contains(hit) === true)
      if (!isOnTop && getComputedStyle(control).pointerEvents !== 'none') {
        say(`it lies under ${hit?.tagName.toLowerCase()} “${(hit?.textContent ?? '').trim().slice(0, 30)}”`, control)
      }
    }
    // Names that people give may be cut off; what a button does is read whole.
    for (const button of scope.querySelectorAll('button:not([role])')) {
      if (isHidden(button) || isUnseen(button)) continue
      for (const part of button.querySelectorAll<HTMLElement>('*')) {
        const { textOverflow } = getComputedStyle(part)
        if (textOverflow === 'ellipsis' && !isUnseen(part) && part.scrollWidth > part.clientWidth + 1)
          say('its words are cut off', button)
      }
    }
    function labelOf(control: Element): Element | null {
      return (
        control.closest('label') ?? (control.id === '' ? null : document.querySelector(`label[for="${control.id}"]`))
      )
    }

    // Only what a person can scroll may have been scrolled to bring something into view.
    for (const element of document.querySelectorAll('*')) {
      if (element.scrollTop !== 0 && !scrolls(element, 'Y')) say('only a program could scroll it down', element)
      if (element.scrollLeft !== 0 && !scrolls(element, 'X')) say('only a program could scroll it aside', element)
    }
    const root = document.documentElement
    if (root.scrollHeight > innerHeight || document.body.scrollHeight > innerHeight) faults.push('the page is too high')
    if (root.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth) faults.push('the page is too wide')

    // A page that scrolls sideways hides half of every line of it.
    for (const element of scope.querySelectorAll('main, main *, [role="dialog"] *, aside, aside *, nav')) {
      if (isHidden(element) || element.clientWidth === 0 || !scrolls(element, 'X')) continue
      const isStrip = !scrolls(element, 'Y') || element.scrollHeight <= element.clientHeight + 1
      if (element.scrollWidth > element.clientWidth + 1 && !isStrip) say('it scrolls sideways', element)
    }

    // The words of a button are whole, unless it is made to cut them with an ellipsis.
    for (const button of scope.querySelectorAll('button, a[href], label, h1, h2, h3, dt, legend')) {
      if (isHidden(button) || isUnseen(button) || button.scrollWidth <= button.clientWidth + 1) continue
      const cuts = [button, ...button.querySelectorAll('*')].some(
        (each) => getComputedStyle(each).textOverflow === 'ellipsis' || each instanceof HTMLCanvasElement,
      )
      if (!cuts && button.clientWidth > 0) say('its words are cut', button)
    }
    return faults
  })
}

/** Lists and toolbars that are more than one tab stop, in sentences. */
export function listsOfManyStops(window: Page): Promise<readonly string[]> {
  return window.evaluate(() => {
    const isIn = (element: HTMLElement): boolean =>
      element.closest('[inert]') === null && !element.matches(':disabled') && element.getClientRects().length > 0
    const dialogs = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].filter(isIn)
    const scope = dialogs.at(-1) ?? document.body
    const lists = scope.querySelectorAll<HTMLElement>('ul, ol, nav, [role="toolbar"], [role="group"], [role="listbox"]')
    return [...lists].filter(isIn).flatMap((list) => {
      const stops = [...list.querySelectorAll<HTMLElement>('a[href], button, summary, input, [tabindex]')].filter(
        (each) => isIn(each) && each.tabIndex >= 0,
      )
      // Of radio buttons of one name the browser makes one stop by itself; a list of fields is a form.
      if (stops.length <= 1 || stops.some((each) => each instanceof HTMLInputElement)) return []
      const name = list.getAttribute('aria-label') ?? (list.textContent ?? '').trim().slice(0, 40)
      return [`${list.tagName.toLowerCase()} “${name}” has ${stops.length} tab stops`]
    })
  })
}
