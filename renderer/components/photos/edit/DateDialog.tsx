import { useId, useState } from 'react'
import type { DateChange } from '../../../../main/contract/index.ts'
import { changeDates } from '../../../data/media-edits.ts'
import { useTotals } from '../../../data/media.ts'
import { secondsBetween, span, wallTime } from '../../../messages/format.ts'
import { t } from '../../../messages/translate.ts'
import { Button } from '../../Button.tsx'
import { Choice } from '../../Choice.tsx'
import { Choices } from '../../Choices.tsx'
import { CancelButton, Dialog } from '../../Dialog.tsx'
import { TextField } from '../../TextField.tsx'
import { changeAndSay } from './edit-notice.ts'
import styles from './Edit.module.css'

/**
 * When photos were taken. A camera whose clock was wrong is put right by the date of its first photo: all move by
 * the same time. Scans of one day get one date.
 */
export function DateDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const totals = useTotals(ids)
  const [typed, setTyped] = useState<string | null>(null)
  const [input, setInput] = useState<'shift' | 'date'>('shift')
  const [isBusy, setBusy] = useState(false)
  const form = useId()
  const first = totals?.from ?? null
  const isMany = ids.length > 1
  const mode = isMany && first !== null ? input : 'date'
  const value = typed ?? first?.slice(0, 19) ?? ''
  const wanted = value.length === 16 ? `${value}:00` : value
  const seconds = first === null || wanted === '' ? 0 : secondsBetween(first.slice(0, 19), wanted)

  const change = async (to: DateChange): Promise<void> => {
    setBusy(true)
    const isDone = await changeAndSay(changeDates(ids, to), 'dates.changed')
    setBusy(false)
    if (isDone) onClose()
  }
  return (
    <Dialog
      title={t('dates.title', { count: ids.length })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button
            kind="primary"
            type="submit"
            form={form}
            disabled={isBusy || wanted === '' || (mode === 'shift' && seconds === 0)}
          >
            {t('dates.change')}
          </Button>
        </>
      }
    >
      {totals && (
        <form
          id={form}
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            void change(mode === 'shift' ? { to: 'shift', seconds } : { to: 'date', takenLocal: wanted })
          }}
        >
          <p className={styles['now']}>{nowLine(totals.from, totals.to)}</p>
          {isMany && first !== null && (
            <Choices legend={t('dates.how')}>
              <Choice
                group="how"
                name={t('dates.shift')}
                hint={t('dates.shiftHint')}
                isChosen={mode === 'shift'}
                onChoose={() => setInput('shift')}
              />
              <Choice
                group="how"
                name={t('dates.same')}
                hint={t('dates.sameHint')}
                isChosen={mode === 'date'}
                onChoose={() => setInput('date')}
              />
            </Choices>
          )}
          <TextField
            label={t(mode === 'shift' ? 'dates.first' : 'viewer.dateAndTime')}
            type="datetime-local"
            step={1}
            value={value}
            onText={setTyped}
          />
          {mode === 'shift' && seconds !== 0 && (
            <p className={styles['now']} role="status">
              {t(seconds > 0 ? 'dates.later' : 'dates.earlier', { time: span(Math.abs(seconds)) })}
            </p>
          )}
          <div className={styles['more']}>
            <Button kind="quiet" disabled={isBusy} onClick={() => void change({ to: 'imported' })}>
              {t('dates.imported')}
            </Button>
            <Button kind="quiet" disabled={isBusy || first === null} onClick={() => void change({ to: 'undated' })}>
              {t('dates.none')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}

function nowLine(from: string | null, to: string | null): string {
  if (from === null || to === null) return t('viewer.noDate')
  return from === to ? wallTime(from) : t('dates.between', { from: wallTime(from), to: wallTime(to) })
}
