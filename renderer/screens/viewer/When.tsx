import { useId, useRef } from 'react'
import { Pencil } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { changeDates } from '../../data/media-edits.ts'
import { Button } from '../../components/Button.tsx'
import { useDraft } from '../../components/draft.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { changeAndSay } from '../../components/photos/edit/edit-notice.ts'
import { TextField } from '../../components/TextField.tsx'
import { offset, takenTime } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { useChange } from './use-change.ts'
import styles from './Facts.module.css'

/** When a photo was taken and how that is known; it can be put right in its place. */
export function When({
  media,
  isEditing,
  onEditing,
}: {
  readonly media: Media
  readonly isEditing: boolean
  readonly onEditing: (isEditing: boolean) => void
}) {
  if (isEditing) return <EditWhen media={media} onDone={() => onEditing(false)} />
  const { takenLocal, takenPrecision, utcOffsetMinutes, takenSource, takenConfidence } = media
  // Without a zone the moment itself is not known, whatever is known of the clock.
  const isHalfKnown = takenConfidence === 'high' && utcOffsetMinutes === null && takenPrecision === null
  return (
    <>
      <div className={styles['line']}>
        <div className={styles['text']}>
          {takenLocal === null ? t('viewer.noDate') : takenTime(takenLocal, takenPrecision)}
          {takenLocal !== null && takenPrecision === null && (
            <span className={styles['soft']}>
              {utcOffsetMinutes === null ? t('viewer.zoneUnknown') : offset(utcOffsetMinutes)}
            </span>
          )}
        </div>
        <IconButton name={t('viewer.editDate')} shortcut="E" onClick={() => onEditing(true)}>
          <Pencil size={16} />
        </IconButton>
      </div>
      {takenSource !== null && (
        <span className={styles['chip']}>
          {t(`taken.${takenSource}`)}
          {takenConfidence !== null && !isHalfKnown && ` · ${t(`confidence.${takenConfidence}`)}`}
        </span>
      )}
    </>
  )
}

/** The zones there are, in minutes from UTC. */
const zones = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270,
  300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
]

interface Typed {
  readonly local: string
  readonly zone: string
}

function EditWhen({ media, onDone }: { readonly media: Media; readonly onDone: () => void }) {
  const change = useChange(media)
  const select = useId()
  const known = media.utcOffsetMinutes
  const isSaid = useRef(false)
  const draft = useDraft<Typed>({
    initial: { local: media.takenLocal?.slice(0, 19) ?? '', zone: known === null ? '' : String(known) },
    onFinish: (typed) => {
      onDone()
      if (typed.local !== '') save(typed)
    },
  })
  const { local, zone } = draft.value
  const choices = known === null || zones.includes(known) ? zones : [...zones, known].toSorted((a, b) => a - b)
  const save = (typed: Typed): void => {
    // Fractions of a second that were there stay when nothing else of the time was touched.
    const isUntouched = media.takenLocal?.slice(0, 19) === typed.local
    // Of a rough date the form shows a moment: only Done says that it is that moment.
    const isSame = isUntouched && (media.takenPrecision === null || !isSaid.current)
    const takenLocal =
      isSame && media.takenLocal !== null
        ? media.takenLocal
        : typed.local.length === 16
          ? `${typed.local}:00`
          : typed.local
    if (isSame && typed.zone === (known === null ? '' : String(known))) return
    change(
      { takenLocal, ...(typed.zone !== '' && { utcOffsetMinutes: Number(typed.zone) }) },
      t('dates.edit'),
      t('viewer.dateSet'),
    )
  }
  /** Instead of what is typed. */
  const choose = (act: () => void): void => {
    draft.drop()
    onDone()
    act()
  }
  return (
    <form
      className={styles['form']}
      onBlur={draft.onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        draft.finish()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        isSaid.current = true
        draft.finish()
      }}
    >
      <TextField
        label={t('viewer.dateAndTime')}
        type="datetime-local"
        step={1}
        value={local}
        // The form is opened by the person, to type here.
        autoFocus // eslint-disable-line jsx-a11y/no-autofocus
        onText={(text) => draft.set({ local: text, zone })}
      />
      <div className={styles['field']}>
        <label htmlFor={select}>{t('viewer.zone')}</label>
        <select id={select} value={zone} onChange={(event) => draft.set({ local, zone: event.currentTarget.value })}>
          {known === null && <option value="">{t('viewer.zoneUnknown')}</option>}
          {choices.map((minutes) => (
            <option key={minutes} value={minutes}>
              {offset(minutes)}
            </option>
          ))}
        </select>
      </div>
      <div className={styles['actions']}>
        {media.takenSource === 'user' && (
          <Button
            kind="quiet"
            onClick={() =>
              choose(() => void changeAndSay(changeDates([media.id], { to: 'imported' }), 'dates.changed'))
            }
          >
            {t('dates.imported')}
          </Button>
        )}
        {media.takenLocal !== null && (
          <Button
            kind="quiet"
            onClick={() => choose(() => change({ takenLocal: null }, t('dates.edit'), t('viewer.dateTaken')))}
          >
            {t('viewer.noDateButton')}
          </Button>
        )}
        <Button kind="primary" type="submit">
          {t('typed.done')}
        </Button>
      </div>
    </form>
  )
}
