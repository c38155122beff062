import { useLayoutEffect, useState, type RefObject } from 'react'

export interface Viewport {
  /** Pixels within the padding. */
  readonly width: number
  readonly height: number
}

/** The inner size of a scroller, measured again whenever it changes; 0 until it is known. `key` says that it is another one. */
export function useViewport(scroller: RefObject<HTMLElement | null>, key?: unknown): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = (): void => {
      const padding = Number.parseFloat(getComputedStyle(element).paddingInlineStart)
      setViewport({ width: element.clientWidth - padding * 2, height: element.clientHeight })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
    // Another element may stand behind the same ref: the key says so.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scroller, key])
  return viewport
}

/**
 * What is drawn: one screen more on each side, so that a flick of the wheel finds its photos; in steps, so that not every
 * frame of a scroll looks for new ones.
 */
export function overscanRange(scrollTop: number, { height }: Viewport): { readonly from: number; readonly to: number } {
  const step = Math.max(Math.round(height / 4), 1)
  const from = Math.floor(scrollTop / step) * step - height
  return { from, to: from + height * 3 + step }
}
