import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useRemoveBackup } from '../../engine/backups.ts'
import { shortPath } from '../../engine/home-path.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'

/** Says what stays before a backup is used no more. */
export function RemoveDialog({ backup, onClose }: { readonly backup: Backup; readonly onClose: () => void }) {
  const remove = useRemoveBackup()
  const name = nameOfPath(backup.path)
  const confirm = (): void =>
    remove.mutate(backup.id, {
      onSuccess: () => {
        onClose()
        notify(say('backups.removed', { name }))
      },
    })
  return (
    <Dialog
      title={say('backups.removeTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" disabled={remove.isPending} onClick={confirm}>
            {say('backups.removeConfirm')}
          </Button>
        </>
      }
    >
      <p>{say('backups.removeLead', { path: shortPath(backup.path) })}</p>
      {remove.isError && <Problem sentence={sentenceOf(remove.error)} />}
    </Dialog>
  )
}
