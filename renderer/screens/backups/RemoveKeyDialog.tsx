import type { Backup, BackupKeyEntry } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { needsKey, useRemoveBackupKey } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { keyNames } from '../../messages/key-lines.ts'

/** Says what still opens a backup, and whom it does not lock out, before a way in goes. */
export function RemoveKeyDialog({
  backup,
  way,
  left,
  onClose,
  onLocked,
}: {
  readonly backup: Backup
  readonly way: BackupKeyEntry
  readonly left: readonly BackupKeyEntry[]
  readonly onClose: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const remove = useRemoveBackupKey()
  const { name, kind } = way
  const confirm = (): void =>
    remove.mutate(
      { id: backup.id, way },
      {
        onSuccess: () => {
          onClose()
          notify(t(`backupKeys.removed.${kind}`, { name }))
        },
        onError: (error) => needsKey(error) && onLocked(confirm),
      },
    )
  return (
    <Dialog
      title={t(`backupKeys.removeTitle.${kind}`, { name, backup: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="danger" disabled={remove.isPending} onClick={confirm}>
            {t(`backupKeys.removeConfirm.${kind}`, { name })}
          </Button>
        </>
      }
    >
      <p>{t(`backupKeys.removeLead.${kind}`, { left: keyNames(left) })}</p>
      <p>{t('backupKeys.still')}</p>
      {remove.isError && !needsKey(remove.error) && <Problem sentence={sentenceOf(remove.error)} />}
    </Dialog>
  )
}
