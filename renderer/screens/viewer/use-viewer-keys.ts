import { useEffect, type RefObject } from 'react'
import { isForTyping } from './is-for-typing.ts'
import { commandOf, type ViewerCommand } from './viewer-command.ts'

/** The keys of the viewer. `run` is false when a command cannot be done now; its key is left to the window then. */
export function useViewerKeys(root: RefObject<HTMLElement | null>, run: (command: ViewerCommand) => boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Node) || !(root.current?.contains(target) || target === document.body)) return
      if (isForTyping(target)) return
      const command = commandOf(event.key, target instanceof HTMLMediaElement)
      if (command && run(command)) event.preventDefault()
    }
    // Before anything else hears it: a tooltip would keep Esc to itself.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  })
}
