import { useEffect, type RefObject } from 'react'
import { levelOf, setLevel } from '../../components/photos/zoom.ts'

/**
 * The wheel with Ctrl makes rows larger and smaller. React listens to the wheel passively, and zooming must keep the page
 * from scrolling. `key` says that another element stands behind the ref.
 */
export function useWheelZoom(scroller: RefObject<HTMLElement | null>, rowHeight: number, key: string): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return
      event.preventDefault()
      if (event.deltaY !== 0) setLevel(levelOf(rowHeight) - Math.sign(event.deltaY))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [scroller, rowHeight, key])
}
