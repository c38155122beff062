import { useState } from 'react'
import { Trash2, X } from 'lucide-react'
import { sentenceOf } from '../../engine/client.ts'
import { restoreMedia, trashMedia } from '../../engine/trash.ts'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { notify } from '../../parts/notices.ts'
import { say } from '../../words/say.ts'
import type { Chosen } from './selection.ts'
import styles from './SelectionBar.module.css'

/** What can be done with the chosen photos. */
export function SelectionBar({ chosen, onClear }: { readonly chosen: Chosen; readonly onClear: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const trash = async (): Promise<void> => {
    setBusy(true)
    await moveToTrash([...chosen.keys()], onClear)
    setBusy(false)
  }
  return (
    <div className={styles['bar']} role="toolbar" aria-label={say('select.bar')}>
      <IconButton name={say('select.clear')} shortcut="Esc" onClick={onClear}>
        <X />
      </IconButton>
      <p className={styles['count']} role="status">
        {say('select.count', { count: chosen.size })}
      </p>
      <Button kind="quiet" disabled={isBusy} onClick={() => void trash()}>
        <Trash2 size={16} />
        {say('trash.move')}
      </Button>
    </div>
  )
}

/** Moves photos to the trash and says so, with the way back. */
export async function moveToTrash(ids: readonly string[], onMoved: () => void): Promise<void> {
  try {
    await trashMedia(ids)
    onMoved()
    notify(say('trash.moved', { count: ids.length }), {
      name: say('undo'),
      run: () => void restoreMedia(ids).catch((error: unknown) => notify(sentenceOf(error))),
    })
  } catch (error) {
    notify(sentenceOf(error))
  }
}
