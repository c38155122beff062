import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { keyFrom, useUnlockBackup } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'

/** Asks for what opens a backup, where the vault has no key of its own for it. */
export function KeyDialog({
  backup,
  onClose,
  onOpen,
}: {
  readonly backup: Backup
  readonly onClose: () => void
  readonly onOpen: () => void
}) {
  const [text, setText] = useState('')
  const unlock = useUnlockBackup()
  const form = useId()
  return (
    <Dialog
      title={say('backups.keyTitle', { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={text === '' || unlock.isPending}>
            {say(unlock.isPending ? 'backups.opening' : 'backups.open')}
          </Button>
        </>
      }
    >
      <p>{say('backups.keyLead')}</p>
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (text !== '' && !unlock.isPending)
            unlock.mutate({ id: backup.id, key: keyFrom(text) }, { onSuccess: onOpen })
        }}
      >
        <TextField label={say('backups.key')} type="password" value={text} onText={setText} />
      </form>
      {unlock.isError && <Problem sentence={sentenceOf(unlock.error)} />}
    </Dialog>
  )
}
