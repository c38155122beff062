import { Star } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { t } from '../../messages/translate.ts'
import { useChange } from './use-change.ts'
import styles from './Rating.module.css'

/** Up to five stars; the one that is set takes them all away again. */
export function Rating({ media }: { readonly media: Media }) {
  const change = useChange(media)
  const rating = Math.round(media.rating ?? 0)
  const set = (stars: number): void =>
    change({ rating: stars === 0 ? null : stars }, t('viewer.rating'), t('viewer.rated', { stars }))
  return (
    <fieldset className={styles['stars']}>
      <legend>{t('viewer.rating')}</legend>
      {[1, 2, 3, 4, 5].map((stars) => (
        <label key={stars} className={styles['star']} data-on={stars <= rating} title={t('viewer.stars', { stars })}>
          <input
            type="radio"
            name="rating"
            aria-label={t('viewer.stars', { stars })}
            checked={stars === rating}
            onChange={() => set(stars)}
            onClick={() => stars === rating && set(0)}
          />
          <Star size={18} fill={stars <= rating ? 'currentColor' : 'none'} />
        </label>
      ))}
    </fieldset>
  )
}
