import { memo, type MouseEvent } from 'react'
import { Check } from 'lucide-react'
import type { Tile } from '../../../main/contract/index.ts'
import { undated } from '../../data/timeline.ts'
import { day as dayName, month as monthName, takenTime } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { within } from '../../components/photos/within.ts'
import type { Section } from './layout.ts'
import { countOfDay, type Chosen } from '../../components/photos/selection.ts'
import { PhotoTile } from '../../components/photos/PhotoTile.tsx'
import styles from './DaySection.module.css'

/** A day: its heading, and those of its photos that are near the viewport. */
export const DaySection = memo(function DaySection({
  section,
  from,
  to,
  tabStop,
  chosen,
  posts,
  hrefOfPosts,
  onPress,
  onCheck,
  onFocus,
  onToggleDay,
}: {
  readonly section: Section
  readonly from: number
  readonly to: number
  readonly tabStop: string | undefined
  readonly chosen: Chosen
  /** How many posts were written on it. */
  readonly posts: number
  readonly hrefOfPosts: (day: string) => string
  readonly onPress: (day: string, tile: Tile, event: MouseEvent) => void
  readonly onCheck: (day: string, id: string, event: MouseEvent) => void
  readonly onFocus: (day: string, id: string) => void
  readonly onToggleDay: (day: string, count: number) => void
}) {
  const { day, count, top, left, width, height, gridTop, rows, opensMonth, missingHeight } = section
  const isUndated = day === undated
  const name = isUndated ? t('timeline.undatedDay') : (roughName(section) ?? dayName(day))
  const isWhole = chosen.size > 0 && countOfDay(chosen, day) === count
  return (
    <section className={styles['day']} style={{ top, insetInlineStart: left, width, height }}>
      {opensMonth && (
        <h2 className={styles['month']}>{isUndated ? t('timeline.undated') : monthName(`${day.slice(0, 7)}-01`)}</h2>
      )}
      <div className={styles['heading']}>
        <h3 className={styles['date']}>{name}</h3>
        <button
          type="button"
          className={styles['check']}
          role="checkbox"
          aria-checked={isWhole}
          aria-label={t('select.day', { day: name })}
          tabIndex={-1}
          data-choosing={chosen.size > 0}
          onClick={() => onToggleDay(day, count)}
        >
          <Check size={12} strokeWidth={3} />
        </button>
        {posts > 0 && (
          <a className={styles['posts']} href={hrefOfPosts(day)} tabIndex={-1} draggable={false}>
            {t('posts.onDay', { count: posts })}
          </a>
        )}
      </div>
      <div className={styles['grid']}>
        {within(rows, from - gridTop, to - gridTop).flatMap((row) =>
          row.boxes.map((box) => (
            <PhotoTile
              key={box.tile.id}
              tile={box.tile}
              day={day}
              left={box.left}
              top={row.top}
              width={box.width}
              height={row.height}
              offset={gridTop + row.top}
              isTabStop={box.tile.id === tabStop}
              isChosen={chosen.has(box.tile.id)}
              isChoosing={chosen.size > 0}
              onPress={onPress}
              onCheck={onCheck}
              onFocus={onFocus}
            />
          )),
        )}
        {missingHeight > 0 && rows.length === 0 && (
          <div
            className={styles['missing']}
            style={{ height: Math.min(missingHeight, height - (gridTop - top)) - 4 }}
          />
        )}
      </div>
    </section>
  )
})

/** "August 1993", "1993": the name of a day of which all photos are dated so; undefined for any other. */
function roughName({ day, count, rows }: Section): string | undefined {
  const tiles = rows.flatMap((row) => row.boxes.map((box) => box.tile))
  const precision = tiles[0]?.takenPrecision ?? null
  if (precision === null || precision === 'day' || tiles.length < count) return undefined
  return tiles.every((tile) => tile.takenPrecision === precision) ? takenTime(day, precision) : undefined
}
