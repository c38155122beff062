import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { isSecretKey, needsKey, recipientFrom, useAddBackupKey } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import styles from './SetUpDialog.module.css'

/** Lets somebody open a backup with an age key of their own. */
export function LetInDialog({
  backup,
  onClose,
  onLocked,
}: {
  readonly backup: Backup
  readonly onClose: () => void
  readonly onLocked: (goOn: () => void) => void
}) {
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const add = useAddBackupKey()
  const form = useId()
  const isReady = name.trim() !== '' && key.trim() !== '' && !isSecretKey(key) && !add.isPending
  const type = (text: string): void => {
    setKey(text)
    // What was wrong with another key is no news of this one.
    add.reset()
  }
  const letIn = (): void =>
    add.mutate(
      { id: backup.id, input: { kind: 'person', name: name.trim(), recipient: recipientFrom(key) } },
      {
        onSuccess: () => {
          onClose()
          notify(t('backupKeys.letInDone', { name: name.trim() }))
        },
        onError: (error) => needsKey(error) && onLocked(letIn),
      },
    )
  return (
    <Dialog
      title={t('backupKeys.letInTitle', { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {t('backupKeys.letInConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('backupKeys.letInLead')}</p>
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) letIn()
        }}
      >
        <div className={styles['part']}>
          <TextField label={t('backupKeys.theirName')} value={name} maxLength={40} onText={setName} />
          <p className={styles['hint']}>{t('backupKeys.nameHint')}</p>
        </div>
        <div className={styles['part']}>
          <TextField label={t('backupKeys.theirKey')} value={key} placeholder="age1…" onText={type} />
          <p className={styles['hint']} role="status">
            {isSecretKey(key) && t('backupKeys.secret')}
          </p>
        </div>
        <input type="submit" hidden />
      </form>
      {add.isError && !needsKey(add.error) && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
