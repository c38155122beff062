import { useEffect, useRef } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import type { PlacedTile } from '../../data/timeline.ts'
import { pictureUrl } from '../../data/media.ts'
import { Placeholder } from '../../components/photos/Placeholder.tsx'
import { t } from '../../messages/translate.ts'
import styles from './Filmstrip.module.css'

/** The photos before and after this one. Arrows walk, so the strip is for the pointer and takes no tab stop. */
export function Filmstrip({
  around,
  current,
  onGo,
}: {
  readonly around: readonly PlacedTile[]
  readonly current: string
  readonly onGo: (to: PlacedTile) => void
}) {
  return (
    <div className={styles['strip']} role="group" aria-label={t('viewer.filmstrip')}>
      {around.map((each) => (
        <Frame key={each.tile.id} tile={each.tile} isCurrent={each.tile.id === current} onGo={() => onGo(each)} />
      ))}
    </div>
  )
}

function Frame({
  tile,
  isCurrent,
  onGo,
}: {
  readonly tile: Tile
  readonly isCurrent: boolean
  readonly onGo: () => void
}) {
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isCurrent) element.current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [isCurrent])
  return (
    <button
      ref={element}
      type="button"
      className={styles['frame']}
      aria-label={tile.filename}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={-1}
      onClick={onGo}
    >
      {tile.thumbHash !== null && <Placeholder className={styles['picture']} thumbHash={tile.thumbHash} />}
      {tile.hasThumbnail && (
        <img className={styles['picture']} src={pictureUrl(tile.id, 'grid')} alt="" draggable={false} />
      )}
    </button>
  )
}
