import { useEffect } from 'react'
import { isDialogOpen } from '../components/Dialog.tsx'
import { isForText } from '../components/is-for-text.ts'
import { goTo, type Route } from '../route.ts'

const places: Readonly<Record<string, Route>> = {
  t: { screen: 'timeline' },
  a: { screen: 'albums', id: null },
  i: { screen: 'imports', id: null },
  b: { screen: 'backups' },
  v: { screen: 'activity' },
  d: { screen: 'trash' },
}
const withinMs = 1200

/** Keys that work everywhere: Ctrl F looks for something, G and a letter goes to a screen, G L locks, ? shows every key. */
export function useKeys(isOff: boolean, onLock: () => void): void {
  useEffect(() => {
    if (isOff) return
    let pressedAt = -Infinity
    const onKey = (event: KeyboardEvent): void => {
      // What is typed in a dialog is not left for another screen.
      if (isDialogOpen()) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f' && !event.defaultPrevented) {
        event.preventDefault()
        goTo({ screen: 'search', id: null })
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isForText(event.target)) return
      const isSecond = performance.now() - pressedAt < withinMs
      pressedAt = !isSecond && event.key === 'g' ? performance.now() : -Infinity
      const route = isSecond ? places[event.key] : undefined
      if (route) goTo(route)
      else if (isSecond && event.key === 'l') onLock()
      else if (event.key === '?') goTo({ screen: 'settings' })
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOff, onLock])
}
