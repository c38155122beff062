import { RotateCcw, Trash2, X } from 'lucide-react'
import { ActionBar } from '../../parts/ActionBar.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { say } from '../../words/say.ts'
import styles from './TrashScreen.module.css'

/** What can be done with the chosen things of the trash. */
export function TrashBar({
  count,
  onRestore,
  onDelete,
  onClear,
}: {
  readonly count: number
  readonly onRestore: () => void
  readonly onDelete: () => void
  readonly onClear: () => void
}) {
  return (
    <ActionBar
      className={styles['choosing'] ?? ''}
      label={say('select.bar')}
      actions={[
        { name: say('trash.restore'), icon: <RotateCcw />, isNamed: true, run: onRestore },
        { name: say('trash.deleteForEver'), icon: <Trash2 />, isNamed: true, run: onDelete },
      ]}
    >
      <IconButton name={say('select.clear')} shortcut="Esc" onClick={onClear}>
        <X />
      </IconButton>
      <p className={styles['count']} role="status">
        {say('select.count', { count })}
      </p>
    </ActionBar>
  )
}
