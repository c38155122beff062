import { pictureUrl } from '../../data/media.ts'
import type { TimelineDay, TimelineSpot } from '../../data/timeline.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { t } from '../../messages/translate.ts'
import styles from './OnThisDay.module.css'

export const onThisDayHeight = 256

/** Days of earlier years that fell on this one, newest first. */
export function earlierDays(days: readonly TimelineDay[], today: string): readonly TimelineDay[] {
  return days.filter(({ day }) => day.slice(4) === today.slice(4) && day < today)
}

/** What happened on this day in other years: a picture for each, which opens. */
export function OnThisDay({
  days,
  today,
  onOpen,
}: {
  readonly days: readonly TimelineDay[]
  readonly today: string
  readonly onOpen: (spot: TimelineSpot) => void
}) {
  const stop = useOneStop()
  return (
    <section className={styles['memories']} style={{ height: onThisDayHeight }}>
      <h2 className={styles['title']}>{t('memories.title')}</h2>
      <ul ref={stop} className={styles['list']}>
        {days.map(({ day, count, tiles }) => {
          const cover = tiles.find((tile) => tile.hasThumbnail)
          const years = Number(today.slice(0, 4)) - Number(day.slice(0, 4))
          return (
            <li key={day}>
              <button
                type="button"
                className={styles['card']}
                disabled={!cover}
                onClick={() => cover && onOpen({ day, id: cover.id })}
              >
                {cover && <img className={styles['cover']} src={pictureUrl(cover.id, 'viewer')} alt="" />}
                <span className={styles['label']}>
                  <span className={styles['years']}>{t('memories.years', { years })}</span>
                  {t('photos', { count })}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
