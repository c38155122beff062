import { useState } from 'react'
import type { BackupKey, SnapshotList } from '../../../main/contract/index.ts'
import { keyFrom } from '../../data/backups.ts'
import { sentenceOf } from '../../data/client.ts'
import { useLookIntoBackup } from '../../data/restore.ts'
import { Button } from '../../components/Button.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { useKept } from '../../components/kept.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import styles from './RestoreVault.module.css'

/** What was found, and what opened it. */
export interface Found {
  readonly path: string
  readonly key: BackupKey
  readonly list: SnapshotList
}

/** The first step: where the backup is, and what opens it. */
export function FindBackup({
  onTry,
  onFound,
}: {
  readonly onTry: () => void
  readonly onFound: (found: Found) => void
}) {
  const [path, setPath] = useKept('restore.from')
  const [typed, setTyped] = useState('')
  const look = useLookIntoBackup()
  const isReady = path.trim() !== '' && typed !== '' && !look.isPending
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        onTry()
        const from = { path: folderOf(path), key: keyFrom(typed) }
        look.mutate({ path: from.path, ...from.key }, { onSuccess: (list) => onFound({ ...from, list }) })
      }}
    >
      <FolderField label={t('restore.from')} path={path} onPath={setPath} />
      <TextField label={t('backups.key')} type="password" value={typed} onText={setTyped} />
      {look.isError && <Problem sentence={sentenceOf(look.error)} />}
      <Button kind="primary" type="submit" disabled={!isReady}>
        {t(look.isPending ? 'backups.opening' : 'restore.look')}
      </Button>
    </form>
  )
}
