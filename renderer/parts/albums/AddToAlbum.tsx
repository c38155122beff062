import { useEffect, useRef, useState } from 'react'
import { FolderPlus } from 'lucide-react'
import { say } from '../../words/say.ts'
import { Button } from '../Button.tsx'
import { IconButton } from '../IconButton.tsx'
import { AddToAlbumDialog } from './AddToAlbumDialog.tsx'

/** The way from photos to an album: a button, and the key A wherever the button is on screen. */
export function AddToAlbum({
  mediaIds,
  isIcon = false,
  onDone,
}: {
  readonly mediaIds: readonly string[]
  readonly isIcon?: boolean
  readonly onDone?: () => void
}) {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key.toLowerCase() !== 'a' || !isBeside(place.current, event.target)) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <span ref={place}>
      {isIcon ? (
        <IconButton name={say('albums.add')} shortcut="A" onClick={() => setOpen(true)}>
          <FolderPlus />
        </IconButton>
      ) : (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          <FolderPlus size={16} />
          {say('albums.add')}
        </Button>
      )}
      {isOpen && <AddToAlbumDialog mediaIds={mediaIds} onClose={() => setOpen(false)} onDone={() => onDone?.()} />}
    </span>
  )
}

/** Keys of a text or of another dialog are not for this button. */
function isBeside(place: Element | null, target: EventTarget | null): boolean {
  if (!place || !(target instanceof Element) || target.closest('input, textarea, [role="menu"]')) return false
  return target === document.body || target.closest('[role="dialog"]') === place.closest('[role="dialog"]')
}
