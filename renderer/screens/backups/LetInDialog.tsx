import { useId, useState } from 'react'
import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { isSecretKey, needsKey, recipientFrom, useAddWayIn } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
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
  const add = useAddWayIn()
  const form = useId()
  const isReady = name.trim() !== '' && key.trim() !== '' && !isSecretKey(key) && !add.isPending
  const type = (text: string): void => {
    setKey(text)
    // What was wrong with another key is no news of this one.
    add.reset()
  }
  const letIn = (): void =>
    add.mutate(
      { id: backup.id, wish: { kind: 'person', name: name.trim(), recipient: recipientFrom(key) } },
      {
        onSuccess: () => {
          onClose()
          notify(say('ways.letInDone', { name: name.trim() }))
        },
        onError: (error) => needsKey(error) && onLocked(letIn),
      },
    )
  return (
    <Dialog
      title={say('ways.letInTitle', { name: nameOfPath(backup.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {say('ways.letInConfirm')}
          </Button>
        </>
      }
    >
      <p>{say('ways.letInLead')}</p>
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) letIn()
        }}
      >
        <div className={styles['part']}>
          <TextField label={say('ways.theirName')} value={name} maxLength={40} onText={setName} />
          <p className={styles['hint']}>{say('ways.nameHint')}</p>
        </div>
        <div className={styles['part']}>
          <TextField label={say('ways.theirKey')} value={key} placeholder="age1…" onText={type} />
          <p className={styles['hint']} role="status">
            {isSecretKey(key) && say('ways.secret')}
          </p>
        </div>
        <input type="submit" hidden />
      </form>
      {add.isError && !needsKey(add.error) && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
