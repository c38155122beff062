import { useEffect, useRef, type RefObject } from 'react'

/**
 * Letters that do something wherever an element is on screen, such as T for tags beside the photos. Letters of a text,
 * a menu or another dialog are left alone.
 */
export function useLetters(beside: RefObject<Element | null>, letters: Readonly<Record<string, () => void>>): void {
  const latest = useRef(letters)
  useEffect(() => {
    latest.current = letters
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const run = latest.current[event.key.toLowerCase()]
      if (!run || !isBeside(beside.current, event.target)) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [beside])
}

function isBeside(place: Element | null, target: EventTarget | null): boolean {
  if (!place || !(target instanceof Element) || target.closest('input, textarea, select, [role="menu"]')) return false
  return target === document.body || target.closest('[role="dialog"]') === place.closest('[role="dialog"]')
}
