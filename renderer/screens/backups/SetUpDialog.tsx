import { useId, useState } from 'react'
import type { NewBackupAnswer } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useAddBackup, useRunBackup } from '../../engine/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { Check } from '../../parts/Check.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { FolderField, folderOf } from '../../parts/FolderField.tsx'
import { isAgreed, NewPassphrase } from '../../parts/NewPassphrase.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
import { RecoveryKeyDialog } from './RecoveryKeyDialog.tsx'
import styles from './SetUpDialog.module.css'

/** Chooses where to and what opens it; the first backup begins at once. */
export function SetUpDialog({ onClose }: { readonly onClose: () => void }) {
  const [path, setPath] = useState('')
  const [typed, setTyped] = useState({ first: '', second: '' })
  const [withRecoveryKey, setWithRecoveryKey] = useState(true)
  const [withThumbnails, setWithThumbnails] = useState(false)
  const [made, setMade] = useState<NewBackupAnswer | null>(null)
  const add = useAddBackup()
  const run = useRunBackup()
  const form = useId()
  const isReady = path.trim() !== '' && isAgreed(typed) && !add.isPending
  const begin = (): void => {
    if (!isReady) return
    add.mutate(
      { path: folderOf(path), passphrase: typed.first, withRecoveryKey, withThumbnails },
      {
        onSuccess: (answer) => {
          run.mutate(
            { id: answer.backup.id, wish: { kind: 'create' } },
            { onError: (error) => notify(sentenceOf(error)) },
          )
          notify(say('backups.begun', { name: nameOfPath(answer.backup.path) }))
          if (answer.recoveryKey === null) onClose()
          else setMade(answer)
        },
      },
    )
  }
  if (made?.recoveryKey) {
    return <RecoveryKeyDialog recoveryKey={made.recoveryKey} path={made.backup.path} onDone={onClose} />
  }
  return (
    <Dialog
      title={say('backups.setUpTitle')}
      onClose={() => !add.isPending && onClose()}
      actions={
        <>
          <CancelButton isDisabled={add.isPending} />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {say(add.isPending ? 'backups.preparing' : 'backups.begin')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          begin()
        }}
      >
        <div className={styles['part']}>
          <FolderField label={say('welcome.folder')} path={path} onPath={setPath} />
          <p className={styles['hint']}>{say('backups.folderHint')}</p>
        </div>
        <NewPassphrase typed={typed} onTyped={setTyped} />
        <div className={styles['part']}>
          <Check isOn={withRecoveryKey} onChange={setWithRecoveryKey}>
            {say('backups.withRecoveryKey')}
          </Check>
          <p className={styles['hint']}>{say('backups.loseBoth')}</p>
        </div>
        <div className={styles['part']}>
          <Check isOn={withThumbnails} onChange={setWithThumbnails}>
            {say('backups.withThumbnails')}
          </Check>
          <p className={styles['hint']}>{say('backups.thumbnailsHint')}</p>
        </div>
        <input type="submit" hidden />
      </form>
      {add.isError && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
