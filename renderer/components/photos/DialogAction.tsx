import { useRef, useState, type ReactNode } from 'react'
import { Button } from '../Button.tsx'
import { IconButton } from '../IconButton.tsx'
import { useLetters } from '../use-letters.ts'

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
  const open = (): void => setOpen(true)
  useLetters(place, letter === undefined ? {} : { [letter]: open })
  return (
    <span ref={place}>
      {isIcon ? (
        <IconButton name={name} {...(letter !== undefined && { shortcut: letter.toUpperCase() })} onClick={open}>
          {icon}
        </IconButton>
      ) : (
        <Button kind="quiet" onClick={open}>
          {icon}
          {name}
        </Button>
      )}
      {isOpen && renderDialog(() => setOpen(false))}
    </span>
  )
}
