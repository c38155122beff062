import { useRef, useState, type PointerEvent, type RefObject } from 'react'

export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const startsAfter = 6
const edge = 40
const fastest = 18

export interface Marquee {
  /** What is being drawn, in the coordinates of the scrolled content; null while nothing is. */
  readonly rectangle: Rectangle | null
  readonly handlers: {
    onPointerDown(event: PointerEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onPointerCancel(): void
    onClickCapture(event: { stopPropagation(): void; preventDefault(): void }): void
  }
}

/** Dragging across the grid draws a rectangle; near an edge the grid scrolls along. */
export function useMarquee(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  on: { readonly start: () => void; readonly change: (rectangle: Rectangle) => void },
): Marquee {
  const [rectangle, setRectangle] = useState<Rectangle | null>(null)
  const drag = useRef<{ fromX: number; fromY: number; x: number; y: number; isOn: boolean; frame: number } | null>(null)
  const swallowsClick = useRef(false)

  const update = (): void => {
    const state = drag.current
    const box = content.current?.getBoundingClientRect()
    if (!state || !box) return
    const x = state.x - box.left
    const y = state.y - box.top
    const drawn = {
      left: Math.min(state.fromX, x),
      right: Math.max(state.fromX, x),
      top: Math.min(state.fromY, y),
      bottom: Math.max(state.fromY, y),
    }
    setRectangle(drawn)
    on.change(drawn)
  }
  const follow = (): void => {
    const state = drag.current
    const element = scroller.current
    if (!state?.isOn || !element) return
    const box = element.getBoundingClientRect()
    const over = Math.max(state.y - (box.bottom - edge), 0) - Math.max(box.top + edge - state.y, 0)
    if (over !== 0) {
      element.scrollBy(0, Math.sign(over) * Math.min(Math.abs(over) / 2, fastest))
      update()
    }
    state.frame = requestAnimationFrame(follow)
  }
  const end = (): void => {
    if (drag.current) cancelAnimationFrame(drag.current.frame)
    swallowsClick.current = drag.current?.isOn ?? false
    drag.current = null
    setRectangle(null)
  }

  return {
    rectangle,
    handlers: {
      onPointerDown(event) {
        swallowsClick.current = false
        const box = content.current?.getBoundingClientRect()
        if (event.button !== 0 || event.pointerType === 'touch' || !box || isCarried(event.target)) return
        const { clientX: x, clientY: y } = event
        drag.current = { fromX: x - box.left, fromY: y - box.top, x, y, isOn: false, frame: 0 }
      },
      onPointerMove(event) {
        const state = drag.current
        const box = content.current?.getBoundingClientRect()
        if (!state || !box) return
        if (event.buttons === 0) {
          end()
          return
        }
        const hasMoved = Math.hypot(event.clientX - state.x, event.clientY - state.y) >= startsAfter
        if (!state.isOn && !hasMoved) return
        if (!state.isOn) {
          state.isOn = true
          event.currentTarget.setPointerCapture(event.pointerId)
          on.start()
          state.frame = requestAnimationFrame(follow)
        }
        state.x = event.clientX
        state.y = event.clientY
        update()
      },
      onPointerUp: end,
      onPointerCancel: end,
      onClickCapture(event) {
        if (!swallowsClick.current) return
        swallowsClick.current = false
        event.stopPropagation()
        event.preventDefault()
      },
    },
  }
}

/** What can be carried away is not the beginning of a rectangle. */
function isCarried(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[draggable="true"]') !== null
}
