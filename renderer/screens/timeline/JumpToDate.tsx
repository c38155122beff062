import { useRef, useState } from 'react'
import { CalendarDays } from 'lucide-react'
import { Popover } from '@base-ui/react/popover'
import { undated, type TimelineDay } from '../../data/timeline.ts'
import { Button } from '../../components/Button.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import styles from './JumpToDate.module.css'

/** A date to go to. A day without photos leads to the nearest one before it. */
export function JumpToDate({
  days,
  onDay,
}: {
  readonly days: readonly TimelineDay[]
  readonly onDay: (day: string) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  /** Anyone who goes somewhere has the focus there; anyone who does not has it on the button again. */
  const isGoing = useRef(false)
  const dated = days.filter((each) => each.day !== undated)
  const hasUndated = dated.length < days.length
  const go = (day: string | undefined): void => {
    if (day === undefined) return
    isGoing.current = true
    setOpen(false)
    onDay(day)
  }
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(isNowOpen) => {
        isGoing.current = false
        setOpen(isNowOpen)
      }}
    >
      <Popover.Trigger render={<Button kind="quiet" />}>
        <CalendarDays size={16} />
        {t('jump.title')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles['place'] ?? ''} sideOffset={6} align="end">
          <Popover.Popup
            className={styles['popup'] ?? ''}
            aria-label={t('jump.title')}
            finalFocus={() => !isGoing.current}
          >
            <form
              className={styles['form']}
              onSubmit={(event) => {
                event.preventDefault()
                go(nearestDay(dated, wanted))
              }}
            >
              <TextField
                type="date"
                label={t('jump.date')}
                value={wanted}
                min={dated.at(-1)?.day}
                max={dated[0]?.day}
                required
                onText={setWanted}
                beside={
                  <Button kind="primary" type="submit" disabled={wanted === ''}>
                    {t('jump.go')}
                  </Button>
                }
              />
            </form>
            {hasUndated && (
              <Button kind="quiet" onClick={() => go(undated)}>
                {t('jump.undated')}
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Days come newest first. */
function nearestDay(days: readonly TimelineDay[], wanted: string): string | undefined {
  return (days.find((each) => each.day <= wanted) ?? days.at(-1))?.day
}
