import { useState, type KeyboardEvent } from 'react'

/**
 * A list that is one tab stop, with arrows inside. Its items carry `data-item` with their id; lines are told by where
 * they stand, so that a grid that wraps needs no count of its columns.
 */
export function useRoving(ids: readonly string[]): {
  readonly tabStop: string | undefined
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onFocus: (id: string) => void
} {
  const [focused, setFocused] = useState<string | null>(null)
  return {
    tabStop: focused !== null && ids.includes(focused) ? focused : ids[0],
    onFocus: setFocused,
    onKeyDown(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-item]')]
      const at = items.findIndex((item) => item === event.target)
      const next = at < 0 ? undefined : beside(items, at, event.key)
      if (!next) return
      event.preventDefault()
      next.focus()
    },
  }
}

function beside(items: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowLeft') return items[at - 1]
  if (key === 'ArrowRight') return items[at + 1]
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const here = items[at]?.getBoundingClientRect()
  if (!here) return undefined
  const ahead = key === 'ArrowDown' ? items.slice(at + 1) : items.slice(0, at).toReversed()
  const first = ahead.find((item) => Math.abs(item.getBoundingClientRect().top - here.top) > 1)
  const line = first?.getBoundingClientRect().top
  return ahead
    .filter((item) => line !== undefined && Math.abs(item.getBoundingClientRect().top - line) <= 1)
    .toSorted((one, other) => distance(one, here) - distance(other, here))[0]
}

function distance(item: HTMLElement, from: DOMRect): number {
  return Math.abs(item.getBoundingClientRect().left - from.left)
}
