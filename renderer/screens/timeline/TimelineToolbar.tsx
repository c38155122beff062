import { memo } from 'react'
import { Grid2x2, Square } from 'lucide-react'
import type { TimelineDay } from '../../data/timeline.ts'
import { Slider } from '../../components/Slider.tsx'
import { t } from '../../messages/translate.ts'
import { JumpToDate } from './JumpToDate.tsx'
import { levelOf, rowHeights, setLevel } from '../../components/photos/zoom.ts'
import styles from './TimelineToolbar.module.css'

/** Above the photos: where one is in time, a way to another date, and how large photos are. */
export const TimelineToolbar = memo(function TimelineToolbar({
  place,
  days,
  rowHeight,
  onDay,
}: {
  readonly place: string
  readonly days: readonly TimelineDay[]
  readonly rowHeight: number
  readonly onDay: (day: string) => void
}) {
  return (
    <div className={styles['toolbar']}>
      <h1 className={styles['place']}>{place}</h1>
      <JumpToDate days={days} onDay={onDay} />
      <div className={styles['zoom']}>
        <Grid2x2 size={14} />
        <Slider
          name={t('timeline.zoom')}
          value={levelOf(rowHeight)}
          min={0}
          max={rowHeights.length - 1}
          step={1}
          onValue={setLevel}
        />
        <Square size={16} />
      </div>
    </div>
  )
})
