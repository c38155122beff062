import { useId, useState } from 'react'
import type { NewBackupAnswer } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useAddBackup, useRunBackup } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { Check } from '../../components/Check.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
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
            { id: answer.backup.id, input: { kind: 'create' } },
            { onError: (error) => notify(sentenceOf(error)) },
          )
          notify(t('backups.begun', { name: nameOfPath(answer.backup.path) }))
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
      title={t('backups.setUpTitle')}
      onClose={() => !add.isPending && onClose()}
      actions={
        <>
          <CancelButton isDisabled={add.isPending} />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {t(add.isPending ? 'backups.preparing' : 'backups.begin')}
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
          <FolderField label={t('welcome.folder')} path={path} onPath={setPath} />
          <p className={styles['hint']}>{t('backups.folderHint')}</p>
        </div>
        <NewPassphrase typed={typed} onTyped={setTyped} />
        <div className={styles['part']}>
          <Check isOn={withRecoveryKey} onChange={setWithRecoveryKey}>
            {t('backups.withRecoveryKey')}
          </Check>
          <p className={styles['hint']}>{t('backups.loseBoth')}</p>
        </div>
        <div className={styles['part']}>
          <Check isOn={withThumbnails} onChange={setWithThumbnails}>
            {t('backups.withThumbnails')}
          </Check>
          <p className={styles['hint']}>{t('backups.thumbnailsHint')}</p>
        </div>
        <input type="submit" hidden />
      </form>
      {add.isError && <Problem sentence={sentenceOf(add.error)} />}
    </Dialog>
  )
}
