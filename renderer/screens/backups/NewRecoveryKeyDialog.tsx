import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { needsKey, useAddBackupKey } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
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
  const add = useAddBackupKey()
  const name = nameOfPath(backup.path)
  const make = (): void =>
    add.mutate(
      { id: backup.id, input: { kind: 'recovery', replaces } },
      { onError: (error) => needsKey(error) && onLocked(make) },
    )
  if (add.data?.recoveryKey) {
    return <RecoveryKeyDialog recoveryKey={add.data.recoveryKey} path={backup.path} onDone={onClose} />
  }
  return (
    <Dialog
      title={t(replaces ? 'backupKeys.replaceTitle' : 'backupKeys.makeTitle', { name })}
      onClose={() => !add.isPending && onClose()}
      actions={
        <>
          <CancelButton isDisabled={add.isPending} />
          <Button kind="primary" disabled={add.isPending} onClick={make}>
            {t(replaces ? 'backupKeys.replaceConfirm' : 'backupKeys.makeConfirm')}
          </Button>
        </>
      }
    >
      <p>{t(replaces ? 'backupKeys.replaceLead' : 'backupKeys.makeLead')}</p>
      {replaces && <p>{t('backupKeys.still')}</p>}
      {add.isError && !needsKey(add.error) && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
