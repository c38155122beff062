import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../Button.tsx'
import { IconButton } from '../IconButton.tsx'

/** A way from photos to a dialog about them: a button, and perhaps a key wherever the button is on screen. */
export function DialogAction({
  name,
  icon,
  letter,
  isIcon = false,
  renderDialog,
}: {
  readonly name: string
  readonly icon: ReactNode
  readonly letter?: string
  readonly isIcon?: boolean
  readonly renderDialog: (close: () => void) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (letter === undefined) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key.toLowerCase() !== letter || !isBeside(place.current, event.target)) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [letter])
  return (
    <span ref={place}>
      {isIcon ? (
        <IconButton
          name={name}
          {...(letter !== undefined && { shortcut: letter.toUpperCase() })}
          onClick={() => setOpen(true)}
        >
          {icon}
        </IconButton>
      ) : (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {icon}
          {name}
        </Button>
      )}
      {isOpen && renderDialog(() => setOpen(false))}
    </span>
  )
}

/** Keys of a text or of another dialog are not for this button. */
function isBeside(place: Element | null, target: EventTarget | null): boolean {
  if (!place || !(target instanceof Element) || target.closest('input, textarea, [role="menu"]')) return false
  return target === document.body || target.closest('[role="dialog"]') === place.closest('[role="dialog"]')
}
