import { useTotals } from '../../data/media.ts'
import { bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './SelectedCount.module.css'

/** How many photos are chosen, and what the size of their originals. */
export function SelectedCount({ ids }: { readonly ids: readonly string[] }) {
  const weight = useTotals(ids)?.bytes
  return (
    <p className={styles['count']} role="status">
      <span>{t('select.count', { count: ids.length })}</span>
      {weight !== undefined && <span className={styles['weight']}>{bytes(weight)}</span>}
    </p>
  )
}
