import { useEffect } from 'react'
import { isDialogOpen } from '../components/Dialog.tsx'
import { isForText } from '../components/is-for-text.ts'
import { goTo } from '../route.ts'
import { createKeyReader } from './key-reader.ts'
import { screens } from './screens.ts'

/** Keys that work everywhere: those that lead to a screen, G L locks, ? shows every key. */
export function useKeys(isOff: boolean, onLock: () => void): void {
  useEffect(() => {
    if (isOff) return
    const read = createKeyReader()
    const onKey = (event: KeyboardEvent): void => {
      // What is typed in a dialog is not left for another screen.
      if (isDialogOpen()) return
      // A text keeps its letters.
      if (event.ctrlKey || event.metaKey ? event.defaultPrevented : isForText(event.target)) return
      const keys = read(event)
      const screen = screens.find(({ shortcut }) => shortcut?.keys === keys)
      if (screen) goTo(screen.name)
      else if (keys === 'G L') onLock()
      else if (keys === '?') goTo('settings')
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOff, onLock])
}
