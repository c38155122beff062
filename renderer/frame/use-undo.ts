import { useEffect } from 'react'
import { isDialogOpen } from '../components/Dialog.tsx'
import { isForText } from '../components/is-for-text.ts'
import { forgetSteps, redoLast, undoLast } from '../components/undo.ts'

/** Ctrl Z takes back the last change of this session, with Shift (or Ctrl Y) it is done again. A text has an undo of its own. */
export function useUndo(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase()
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return
      if ((key !== 'z' && key !== 'y') || isForText(event.target) || isDialogOpen()) return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) redoLast()
      else undoLast()
    }
    const stop = window.coffer?.onCommand((command) => {
      if (command !== 'undo' && command !== 'redo') return
      // The menu is for texts as well; this is the one way a page has to ask its browser for it.
      if (isForText(document.activeElement)) document.execCommand(command)
      else if (isDialogOpen()) return
      else if (command === 'undo') undoLast()
      else redoLast()
    })
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
      stop?.()
      forgetSteps()
    }
  }, [])
}
