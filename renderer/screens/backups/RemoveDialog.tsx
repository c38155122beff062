import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useRemoveBackup } from '../../data/backups.ts'
import { shortPath } from '../../data/home-path.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'

/** Says what stays before a backup is used no more. */
export function RemoveDialog({ backup, onClose }: { readonly backup: Backup; readonly onClose: () => void }) {
  const remove = useRemoveBackup()
  const name = nameOfPath(backup.path)
  const confirm = (): void =>
    remove.mutate(backup.id, {
      onSuccess: () => {
        onClose()
        notify(t('backups.removed', { name }))
      },
    })
  return (
    <Dialog
      title={t('backups.removeTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" disabled={remove.isPending} onClick={confirm}>
            {t('backups.removeConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('backups.removeLead', { path: shortPath(backup.path) })}</p>
      {remove.isError && <Problem sentence={sentenceOf(remove.error)} />}
    </Dialog>
  )
}
