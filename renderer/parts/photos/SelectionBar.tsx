import { useMemo, useState, type ReactNode } from 'react'
import { FolderOutput, Heart, Trash2, X } from 'lucide-react'
import { say } from '../../words/say.ts'
import { AddToAlbum } from '../albums/AddToAlbum.tsx'
import { IconButton } from '../IconButton.tsx'
import { ChosenCount } from './ChosenCount.tsx'
import { CopiesDialog } from './CopiesDialog.tsx'
import { DialogAction } from './DialogAction.tsx'
import { EditActions } from './edit/EditActions.tsx'
import { toggleFavourites } from './favourite-action.ts'
import { moveToTrash } from './trash-action.ts'
import type { Chosen } from './selection.ts'
import styles from './SelectionBar.module.css'

/** What can be done with the chosen photos; `children` are what only this place can do with them. */
export function SelectionBar({
  chosen,
  onClear,
  children,
}: {
  readonly chosen: Chosen
  readonly onClear: () => void
  readonly children?: ReactNode
}) {
  const ids = useMemo(() => [...chosen.keys()], [chosen])
  const [isBusy, setBusy] = useState(false)
  const trash = async (): Promise<void> => {
    setBusy(true)
    await moveToTrash(ids, onClear)
    setBusy(false)
  }
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('select.bar')}>
      <IconButton name={say('select.clear')} shortcut="Esc" onClick={onClear}>
        <X />
      </IconButton>
      <ChosenCount ids={ids} />
      <AddToAlbum mediaIds={ids} onDone={onClear} />
      {children}
      <IconButton name={say('viewer.favourite')} shortcut="F" onClick={() => void toggleFavourites(ids)}>
        <Heart />
      </IconButton>
      <EditActions ids={ids} />
      <DialogAction
        name={say('copies.save')}
        icon={<FolderOutput />}
        isIcon
        renderDialog={(close) => <CopiesDialog ids={ids} onClose={close} />}
      />
      <IconButton name={say('trash.move')} shortcut="Del" disabled={isBusy} onClick={() => void trash()}>
        <Trash2 />
      </IconButton>
    </div>
  )
}
