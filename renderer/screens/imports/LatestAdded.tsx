import { useState } from 'react'
import { useLatestAdded } from '../../data/imports.ts'
import { pictureUrl } from '../../data/media.ts'
import { t } from '../../messages/translate.ts'
import styles from './LatestAdded.module.css'

/** What an import under way brought in last, as it comes. */
export function LatestAdded({ importId, isRunning }: { readonly importId: string; readonly isRunning: boolean }) {
  const latest = useLatestAdded(importId, isRunning)
  if (!latest.data || latest.data.length === 0) return null
  return (
    <ul className={styles['strip']} aria-label={t('imports.latest')}>
      {latest.data.map((id) => (
        <Latest key={id} id={id} />
      ))}
    </ul>
  )
}

/** A file without a picture leaves no gap. */
function Latest({ id }: { readonly id: string }) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return null
  return (
    <li>
      <img
        className={styles['picture']}
        src={pictureUrl(id, 'grid')}
        alt=""
        draggable={false}
        onError={() => setBroken(true)}
      />
    </li>
  )
}
