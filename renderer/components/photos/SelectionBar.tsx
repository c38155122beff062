import { useMemo, useRef, useState } from 'react'
import { Heart, Trash2, X } from 'lucide-react'
import { t } from '../../messages/translate.ts'
import { ActionBar, type Action } from '../ActionBar.tsx'
import { IconButton } from '../IconButton.tsx'
import { useLetters } from '../use-letters.ts'
import { SelectedCount } from './SelectedCount.tsx'
import { toggleFavourites } from './favourite-action.ts'
import { usePhotoDialogs } from './photo-actions.tsx'
import { moveToTrash } from './trash-action.ts'
import type { Chosen } from './selection.ts'
import styles from './SelectionBar.module.css'

const none: readonly Action[] = []

/** What can be done with the chosen photos; `more` is what only this place can do with them. */
export function SelectionBar({
  chosen,
  onClear,
  more = none,
}: {
  readonly chosen: Chosen
  readonly onClear: () => void
  readonly more?: readonly Action[]
}) {
  const ids = useMemo(() => [...chosen.keys()], [chosen])
  const [isBusy, setBusy] = useState(false)
  const bar = useRef<HTMLDivElement>(null)
  const { actions, dialog } = usePhotoDialogs(bar, ids, { onAdded: onClear })
  const favourite = (): void => void toggleFavourites(ids)
  useLetters(bar, { f: favourite })
  const trash = async (): Promise<void> => {
    setBusy(true)
    await moveToTrash(ids, onClear)
    setBusy(false)
  }
  return (
    <div ref={bar} className={styles['bar']}>
      <ActionBar
        label={t('select.bar')}
        actions={[
          { ...actions.album, isNamed: true },
          ...more,
          {
            name: t('viewer.favourite'),
            icon: <Heart />,
            shortcut: 'F',
            run: favourite,
          },
          actions.tags,
          actions.dates,
          actions.place,
          actions.copies,
          {
            name: t('trash.move'),
            icon: <Trash2 />,
            shortcut: 'Del',
            stays: true,
            isDisabled: isBusy,
            run: () => void trash(),
          },
        ]}
      >
        <IconButton name={t('select.clear')} shortcut="Esc" onClick={onClear}>
          <X />
        </IconButton>
        <SelectedCount ids={ids} />
      </ActionBar>
      {dialog}
    </div>
  )
}
