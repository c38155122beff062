import type { Backup, BackupWay } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { needsKey, useRemoveWayIn } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
import { wayNames } from '../../words/way-lines.ts'

/** Says what still opens a backup, and whom it does not lock out, before a way in goes. */
export function RemoveWayDialog({
  backup,
  way,
  left,
  onClose,
  onLocked,
}: {
  readonly backup: Backup
  readonly way: BackupWay
  readonly left: readonly BackupWay[]
  readonly onClose: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const remove = useRemoveWayIn()
  const { name, kind } = way
  const confirm = (): void =>
    remove.mutate(
      { id: backup.id, way },
      {
        onSuccess: () => {
          onClose()
          notify(say(`ways.removed.${kind}`, { name }))
        },
        onError: (error) => needsKey(error) && onLocked(confirm),
      },
    )
  return (
    <Dialog
      title={say(`ways.removeTitle.${kind}`, { name, backup: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="danger" disabled={remove.isPending} onClick={confirm}>
            {say(`ways.removeConfirm.${kind}`, { name })}
          </Button>
        </>
      }
    >
      <p>{say(`ways.removeLead.${kind}`, { left: wayNames(left) })}</p>
      <p>{say('ways.still')}</p>
      {remove.isError && !needsKey(remove.error) && <Problem sentence={sentenceOf(remove.error)} />}
    </Dialog>
  )
}
