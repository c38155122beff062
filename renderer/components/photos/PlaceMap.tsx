import { useEffect, useState } from 'react'
import type { MapLines } from './map-lines.ts'
import { t } from '../../messages/translate.ts'
import styles from './PlaceMap.module.css'

const size = { width: 240, height: 150 }

/**
 * Where a photo was taken, on a small map of coasts and borders that comes with the program: no place leaves the
 * computer to be shown. A press goes from the country to the region and out to the world.
 */
export function PlaceMap({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) {
  const [zoom, setZoom] = useState(1)
  const [lines, setLines] = useState<MapLines | null>(null)
  useEffect(() => {
    let isWanted = true
    // The outlines weigh more than the rest of the viewer and are fetched when a place is first shown.
    void import('./map-lines.ts').then(({ linesAround }) => {
      if (isWanted) setLines(linesAround({ latitude, longitude }, zoom, size))
    })
    return () => {
      isWanted = false
    }
  }, [latitude, longitude, zoom])
  return (
    <button
      type="button"
      className={styles['map']}
      aria-label={t('viewer.map')}
      title={t('viewer.map')}
      onClick={() => setZoom((zoom + 1) % 3)}
    >
      <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {lines && (
          <>
            <path className={styles['land']} d={lines.land} />
            <path className={styles['borders']} d={lines.borders} />
            <circle className={styles['halo']} cx={size.width / 2} cy={size.height / 2} r={9} />
            <circle className={styles['dot']} cx={size.width / 2} cy={size.height / 2} r={4} />
          </>
        )}
      </svg>
    </button>
  )
}
