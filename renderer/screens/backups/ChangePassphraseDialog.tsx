import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { needsKey, useEditBackup, useWaysIn } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { isAgreed, NewPassphrase } from '../../parts/NewPassphrase.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'

const another = {
  title: 'backups.passphraseTitle',
  lead: 'backups.passphraseLead',
  confirm: 'backups.passphraseConfirm',
} as const
const first = {
  title: 'ways.passphraseTitle',
  lead: 'ways.passphraseLead',
  confirm: 'ways.passphraseConfirm',
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
  const ways = useWaysIn(backup)
  const form = useId()
  const words = ways.data?.every((each) => each.kind !== 'passphrase') === true ? first : another
  const change = (): void =>
    edit.mutate(
      { id: backup.id, edit: { passphrase: typed.first } },
      {
        onSuccess: () => {
          onClose()
          notify(say('backups.passphraseChanged'))
        },
        onError: (error) => needsKey(error) && onLocked(change),
      },
    )
  return (
    <Dialog
      title={say(words.title, { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isAgreed(typed) || edit.isPending}>
            {say(words.confirm)}
          </Button>
        </>
      }
    >
      <p>{say(words.lead)}</p>
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
