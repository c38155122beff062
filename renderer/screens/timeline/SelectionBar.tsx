import { useMemo, useState } from 'react'
import { Heart, Trash2, X } from 'lucide-react'
import { AddToAlbum } from '../../parts/albums/AddToAlbum.tsx'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { ChosenCount } from '../../parts/photos/ChosenCount.tsx'
import { toggleFavourites } from '../../parts/photos/favourite-action.ts'
import { moveToTrash } from '../../parts/photos/trash-action.ts'
import { say } from '../../words/say.ts'
import type { Chosen } from '../../parts/photos/selection.ts'
import styles from './SelectionBar.module.css'

/** What can be done with the chosen photos. */
export function SelectionBar({ chosen, onClear }: { readonly chosen: Chosen; readonly onClear: () => void }) {
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
      <IconButton name={say('viewer.favourite')} shortcut="F" onClick={() => void toggleFavourites(ids)}>
        <Heart />
      </IconButton>
      <Button kind="quiet" disabled={isBusy} onClick={() => void trash()}>
        <Trash2 size={16} />
        {say('trash.move')}
      </Button>
    </div>
  )
}
