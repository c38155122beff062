import { useEffect, useState } from 'react'
import type { RouteLines, RoutePoint } from './route-lines.ts'
import styles from './RouteMap.module.css'

const size = { width: 600, height: 280 }

/** A route on the map that comes with the program: no place leaves the computer to be shown. */
export function RouteMap({ name, points }: { readonly name: string; readonly points: readonly RoutePoint[] }) {
  const [lines, setLines] = useState<RouteLines | null>(null)
  useEffect(() => {
    let isWanted = true
    void import('./route-lines.ts').then(({ routeLines }) => {
      if (isWanted) setLines(routeLines(points, size))
    })
    return () => {
      isWanted = false
    }
  }, [points])
  return (
    <div className={styles['map']}>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={name}>
        {lines && (
          <>
            <path className={styles['land']} d={lines.land} />
            <path className={styles['borders']} d={lines.borders} />
            <path className={styles['route']} d={lines.route} />
            <circle className={styles['start']} cx={lines.start[0]} cy={lines.start[1]} r={5} />
            <circle className={styles['end']} cx={lines.end[0]} cy={lines.end[1]} r={5} />
          </>
        )}
      </svg>
    </div>
  )
}
