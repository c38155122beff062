import { useId, useState } from 'react'
import { FileLock } from 'lucide-react'
import type { ArchiveState } from '../../../main/contract/index.ts'
import { useBackupFile, useStopBackupFile, useWriteBackupFile } from '../../data/backup-file.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureLine } from '../../messages/problem-line.ts'
import { bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './OneFile.module.css'

/** Everything in one encrypted file, now and then and by hand: to give away, or to put on a shelf. */
export function OneFile() {
  const file = useBackupFile()
  const [isAsking, setAsking] = useState(false)
  const now = file.data
  return (
    <section className={styles['card']} aria-label={t('oneFile.title')}>
      <div>
        <h2 className={styles['name']}>{t('oneFile.title')}</h2>
        <p className={styles['lead']}>{t('oneFile.lead')}</p>
      </div>
      {now?.status === 'running' ? (
        <Running now={now} />
      ) : (
        <>
          {now && now.status !== 'none' && <Ended now={now} />}
          <div>
            <Button onClick={() => setAsking(true)}>
              <FileLock size={16} />
              {t('oneFile.open')}
            </Button>
          </div>
        </>
      )}
      {isAsking && <AskDialog onClose={() => setAsking(false)} />}
    </section>
  )
}

function usualName(): string {
  return `Coffer ${new Date().toISOString().slice(0, 10)}.tar.age`
}

function AskDialog({ onClose }: { readonly onClose: () => void }) {
  const [folder, setFolder] = useState('')
  const [name, setName] = useState(usualName)
  const [typed, setTyped] = useState({ first: '', second: '' })
  const write = useWriteBackupFile()
  const form = useId()
  const isReady = folder.trim() !== '' && /^[^/\\]+$/.test(name.trim()) && isAgreed(typed) && !write.isPending
  return (
    <Dialog
      title={t('oneFile.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {t('oneFile.start')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isReady) return
          const path = `${folderOf(folder).replace(/[/\\]+$/, '')}/${name.trim()}`
          write.mutate({ path, passphrase: typed.first }, { onSuccess: onClose })
        }}
      >
        <FolderField label={t('welcome.folder')} path={folder} onPath={setFolder} />
        <TextField label={t('oneFile.name')} value={name} onText={setName} />
        <NewPassphrase typed={typed} onTyped={setTyped} />
        <p className={styles['lead']}>{t('oneFile.lose')}</p>
        <input type="submit" hidden />
      </form>
      {write.isError && <Problem sentence={sentenceOf(write.error)} />}
    </Dialog>
  )
}

function Running({ now }: { readonly now: ArchiveState }) {
  const stop = useStopBackupFile()
  const { files, totalFiles, totalBytes } = now
  return (
    <div className={styles['form']}>
      <p role="status">{totalFiles > 0 ? t('backups.now.save', { files, totalFiles }) : t('backups.now.database')}</p>
      <ProgressBar name={t('oneFile.title')} share={totalBytes > 0 ? now.bytes / totalBytes : null} />
      <div>
        <Button disabled={stop.isPending} onClick={() => stop.mutate(undefined)}>
          {t('backups.stop')}
        </Button>
      </div>
    </div>
  )
}

function Ended({ now }: { readonly now: ArchiveState }) {
  const { result, path, status, problem, problemCode } = now
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(path ?? '')) === false) notify(t('watch.folderGone'))
  }
  if (!result)
    return <Problem sentence={status === 'cancelled' ? t('oneFile.stopped') : failureLine(problemCode, problem)} />
  const { problems } = result
  return (
    <div className={styles['form']}>
      <p role="status">
        {t('oneFile.done', { count: result.files, size: bytes(result.addedBytes), path: shortPath(result.file) })}
      </p>
      {problems.length > 0 && <Problem sentence={t('oneFile.problems', { count: problems.length })} />}
      {window.coffer && (
        <div>
          <Button onClick={() => void show()}>{t('viewer.showInFolder')}</Button>
        </div>
      )}
    </div>
  )
}
