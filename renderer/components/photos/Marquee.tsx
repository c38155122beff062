import type { Rectangle } from './use-marquee.ts'
import styles from './Marquee.module.css'

/** The rectangle that is being drawn over the photos. */
export function Marquee({ rectangle: { left, top, right, bottom } }: { readonly rectangle: Rectangle }) {
  return <div className={styles['marquee']} style={{ left, top, width: right - left, height: bottom - top }} />
}
