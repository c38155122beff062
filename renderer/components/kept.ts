import { useState } from 'react'

/** What was typed on screens that are not shown now, until the page goes. */
const kept = new Map<string, string>()

/** A text of a screen that is still there when the person comes back to it. See [Note: typed text]. */
export function useKept(name: string, initial = ''): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => kept.get(name) ?? initial)
  return [
    text,
    (typed) => {
      kept.set(name, typed)
      setText(typed)
    },
  ]
}
