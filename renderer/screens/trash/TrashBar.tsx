import { RotateCcw, Trash2, X } from 'lucide-react'
import { ActionBar } from '../../components/ActionBar.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { t } from '../../messages/translate.ts'
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
      label={t('select.bar')}
      actions={[
        { name: t('trash.restore'), icon: <RotateCcw />, isNamed: true, run: onRestore },
        { name: t('trash.deleteForEver'), icon: <Trash2 />, isNamed: true, run: onDelete },
      ]}
    >
      <IconButton name={t('select.clear')} shortcut="Esc" onClick={onClear}>
        <X />
      </IconButton>
      <p className={styles['count']} role="status">
        {t('select.count', { count })}
      </p>
    </ActionBar>
  )
}
