import { useTotals } from '../../engine/media.ts'
import { bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './ChosenCount.module.css'

/** How many photos are chosen, and what their originals weigh. */
export function ChosenCount({ ids }: { readonly ids: readonly string[] }) {
  const weight = useTotals(ids)?.bytes
  return (
    <p className={styles['count']} role="status">
      <span>{say('select.count', { count: ids.length })}</span>
      {weight !== undefined && <span className={styles['weight']}>{bytes(weight)}</span>}
    </p>
  )
}
