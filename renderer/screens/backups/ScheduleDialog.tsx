import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditBackup } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { Check } from '../../components/Check.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import styles from './ScheduleDialog.module.css'

const limits = { hours: [1, 8760], daily: [1, 10_000], weekly: [0, 10_000], monthly: [0, 10_000] } as const
type Name = keyof typeof limits

/** When a backup runs by itself, and how many snapshots it keeps. */
export function ScheduleDialog({ backup, onClose }: { readonly backup: Backup; readonly onClose: () => void }) {
  const [isEnabled, setEnabled] = useState(backup.isEnabled)
  const [withThumbnails, setWithThumbnails] = useState(backup.withThumbnails)
  const [typed, setTyped] = useState<Readonly<Record<Name, string>>>({
    hours: String(backup.everyHours),
    daily: String(backup.keep.daily),
    weekly: String(backup.keep.weekly),
    monthly: String(backup.keep.monthly),
  })
  const edit = useEditBackup()
  const form = useId()
  const isFine = (Object.keys(limits) as Name[]).every((name) => isWithin(typed[name], limits[name]))
  const save = (): void => {
    if (!isFine || edit.isPending) return
    const keep = { daily: Number(typed.daily), weekly: Number(typed.weekly), monthly: Number(typed.monthly) }
    edit.mutate(
      { id: backup.id, edit: { isEnabled, everyHours: Number(typed.hours), keep, withThumbnails } },
      { onSuccess: onClose },
    )
  }
  const field = (name: Name) => (
    <TextField
      label={t(`backups.field.${name}`)}
      type="number"
      min={limits[name][0]}
      max={limits[name][1]}
      step={1}
      value={typed[name]}
      onText={(text) => setTyped({ ...typed, [name]: text })}
    />
  )
  return (
    <Dialog
      title={t('backups.scheduleTitle', { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isFine || edit.isPending}>
            {t('albums.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Check isOn={isEnabled} onChange={setEnabled}>
          {t('backups.automatic')}
        </Check>
        {isEnabled && field('hours')}
        <p className={styles['hint']}>{t('backups.automaticHint')}</p>
        <fieldset className={styles['keep']}>
          <legend>{t('backups.keepTitle')}</legend>
          {field('daily')}
          {field('weekly')}
          {field('monthly')}
        </fieldset>
        <p className={styles['hint']}>{t('backups.keepHint')}</p>
        <Check isOn={withThumbnails} onChange={setWithThumbnails}>
          {t('backups.withThumbnails')}
        </Check>
        <p className={styles['hint']}>{t('backups.thumbnailsHint')}</p>
      </form>
      {edit.isError && <Problem sentence={sentenceOf(edit.error)} />}
    </Dialog>
  )
}

function isWithin(text: string, [least, most]: readonly [number, number]): boolean {
  const value = Number(text)
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most
}
