import { useCallback, useEffect, useLayoutEffect, useRef, useState, type FocusEvent } from 'react'
import { keepDraft } from '../data/drafts.ts'

const pauseMs = 2000

export interface Draft<Value> {
  readonly value: Value
  readonly set: (value: Value) => void
  /** Saves what was typed, and says so. */
  readonly finish: () => void
  /** Something else was chosen instead. */
  readonly drop: () => void
  /** For the element around the fields: leaving it finishes. */
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void
}

/**
 * A text that is changed in its place, and saves itself: when its fields are left in whatever way, before the page goes,
 * and, where half of it makes sense (`saves`), in every pause of typing. See [Note: typed text].
 */
export function useDraft<Value>({
  initial,
  saves,
  onFinish,
}: {
  readonly initial: Value
  /** Keeps what stands there now, without a word. */
  readonly saves?: (value: Value) => Promise<unknown>
  /** Called once, with what was typed in the end. */
  readonly onFinish: (value: Value) => void
}): Draft<Value> {
  const [value, setValue] = useState(initial)
  const latest = useRef({ value, saves, onFinish })
  useLayoutEffect(() => {
    latest.current = { value, saves, onFinish }
  })
  const first = useRef(initial)
  const kept = useRef(initial)
  const isFinished = useRef(false)

  const save = useCallback(async (): Promise<void> => {
    const now = latest.current
    if (isFinished.current || now.value === kept.current || !now.saves) return
    kept.current = now.value
    await now.saves(now.value)
  }, [])
  const finish = useCallback((): void => {
    if (isFinished.current) return
    isFinished.current = true
    latest.current.onFinish(latest.current.value)
  }, [])

  useEffect(() => {
    // What React takes away and puts back at once while it is developed is not left.
    isFinished.current = false
    const before = first.current
    const forget = keepDraft(save)
    return () => {
      forget()
      if (latest.current.value !== before) finish()
    }
  }, [save, finish])
  useEffect(() => {
    if (value === kept.current) return
    // It is still in its field: leaving that saves it, and says so when it cannot.
    const timer = setTimeout(() => void save().catch(() => {}), pauseMs)
    return () => clearTimeout(timer)
  }, [value, save])

  return {
    value,
    set: setValue,
    finish,
    drop: () => {
      isFinished.current = true
    },
    onBlur({ currentTarget, relatedTarget }) {
      // Another window in front of this one is no leaving.
      if (!document.hasFocus() || (relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) return
      finish()
    },
  }
}
