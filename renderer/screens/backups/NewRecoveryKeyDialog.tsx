import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { needsKey, useAddWayIn } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
import { RecoveryKeyDialog } from './RecoveryKeyDialog.tsx'

/** A recovery key for a backup that is there, in place of the one it has or as the first. */
export function NewRecoveryKeyDialog({
  backup,
  replaces,
  onClose,
  onLocked,
}: {
  readonly backup: Backup
  readonly replaces: boolean
  readonly onClose: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const add = useAddWayIn()
  const name = nameOfPath(backup.path)
  const make = (): void =>
    add.mutate(
      { id: backup.id, wish: { kind: 'recovery', replaces } },
      { onError: (error) => needsKey(error) && onLocked(make) },
    )
  if (add.data?.recoveryKey) {
    return <RecoveryKeyDialog recoveryKey={add.data.recoveryKey} path={backup.path} onDone={onClose} />
  }
  return (
    <Dialog
      title={say(replaces ? 'ways.replaceTitle' : 'ways.makeTitle', { name })}
      onClose={() => !add.isPending && onClose()}
      actions={
        <>
          <CancelButton isDisabled={add.isPending} />
          <Button kind="primary" disabled={add.isPending} onClick={make}>
            {say(replaces ? 'ways.replaceConfirm' : 'ways.makeConfirm')}
          </Button>
        </>
      }
    >
      <p>{say(replaces ? 'ways.replaceLead' : 'ways.makeLead')}</p>
      {replaces && <p>{say('ways.still')}</p>}
      {add.isError && !needsKey(add.error) && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
