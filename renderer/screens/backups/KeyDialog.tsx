import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { keyFrom, useUnlockBackup } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'

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
      title={t('backups.keyTitle', { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={text === '' || unlock.isPending}>
            {t(unlock.isPending ? 'backups.opening' : 'backups.open')}
          </Button>
        </>
      }
    >
      <p>{t('backups.keyLead')}</p>
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (text !== '' && !unlock.isPending)
            unlock.mutate({ id: backup.id, key: keyFrom(text) }, { onSuccess: onOpen })
        }}
      >
        <TextField label={t('backups.key')} type="password" value={text} onText={setText} />
      </form>
      {unlock.isError && <Problem sentence={sentenceOf(unlock.error)} />}
    </Dialog>
  )
}
