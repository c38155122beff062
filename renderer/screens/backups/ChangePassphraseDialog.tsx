import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { needsKey, useEditBackup, useBackupKeys } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'

const another = {
  title: 'backups.passphraseTitle',
  lead: 'backups.passphraseLead',
  confirm: 'backups.passphraseConfirm',
} as const
const first = {
  title: 'backupKeys.passphraseTitle',
  lead: 'backupKeys.passphraseLead',
  confirm: 'backupKeys.passphraseConfirm',
} as const

/** Another passphrase for the same data, or the first of a backup that only keys open. */
export function ChangePassphraseDialog({
  backup,
  onClose,
  onLocked,
}: {
  readonly backup: Backup
  readonly onClose: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const [typed, setTyped] = useState({ first: '', second: '' })
  const edit = useEditBackup()
  const ways = useBackupKeys(backup)
  const form = useId()
  const words = ways.data?.every((each) => each.kind !== 'passphrase') === true ? first : another
  const change = (): void =>
    edit.mutate(
      { id: backup.id, edit: { passphrase: typed.first } },
      {
        onSuccess: () => {
          onClose()
          notify(t('backups.passphraseChanged'))
        },
        onError: (error) => needsKey(error) && onLocked(change),
      },
    )
  return (
    <Dialog
      title={t(words.title, { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isAgreed(typed) || edit.isPending}>
            {t(words.confirm)}
          </Button>
        </>
      }
    >
      <p>{t(words.lead)}</p>
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isAgreed(typed) && !edit.isPending) change()
        }}
      >
        <NewPassphrase typed={typed} onTyped={setTyped} />
        <input type="submit" hidden />
      </form>
      {edit.isError && !needsKey(edit.error) && <Problem sentence={sentenceOf(edit.error)} />}
    </Dialog>
  )
}
