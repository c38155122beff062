import { useId, useState } from 'react'
import { FileLock } from 'lucide-react'
import type { ArchiveState } from '../../../main/contract/index.ts'
import { useBackupFile, useStopBackupFile, useWriteBackupFile } from '../../engine/backup-file.ts'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { FolderField, folderOf } from '../../parts/FolderField.tsx'
import { isAgreed, NewPassphrase } from '../../parts/NewPassphrase.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ProgressBar } from '../../parts/ProgressBar.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { failureLine } from '../../words/problem-line.ts'
import { bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './OneFile.module.css'

/** Everything in one encrypted file, now and then and by hand: to give away, or to put on a shelf. */
export function OneFile() {
  const file = useBackupFile()
  const [isAsking, setAsking] = useState(false)
  const now = file.data
  return (
    <section className={styles['card']} aria-label={say('oneFile.title')}>
      <div>
        <h2 className={styles['name']}>{say('oneFile.title')}</h2>
        <p className={styles['lead']}>{say('oneFile.lead')}</p>
      </div>
      {now?.status === 'running' ? (
        <Running now={now} />
      ) : (
        <>
          {now && now.status !== 'none' && <Ended now={now} />}
          <div>
            <Button onClick={() => setAsking(true)}>
              <FileLock size={16} />
              {say('oneFile.open')}
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
      title={say('oneFile.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {say('oneFile.start')}
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
        <FolderField label={say('welcome.folder')} path={folder} onPath={setFolder} />
        <TextField label={say('oneFile.name')} value={name} onText={setName} />
        <NewPassphrase typed={typed} onTyped={setTyped} />
        <p className={styles['lead']}>{say('oneFile.lose')}</p>
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
      <p role="status">
        {totalFiles > 0 ? say('backups.now.save', { files, totalFiles }) : say('backups.now.database')}
      </p>
      <ProgressBar name={say('oneFile.title')} share={totalBytes > 0 ? now.bytes / totalBytes : null} />
      <div>
        <Button disabled={stop.isPending} onClick={() => stop.mutate(undefined)}>
          {say('backups.stop')}
        </Button>
      </div>
    </div>
  )
}

function Ended({ now }: { readonly now: ArchiveState }) {
  const { result, path, status, problem, problemCode } = now
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(path ?? '')) === false) notify(say('watch.folderGone'))
  }
  if (!result)
    return <Problem sentence={status === 'cancelled' ? say('oneFile.stopped') : failureLine(problemCode, problem)} />
  const { problems } = result
  return (
    <div className={styles['form']}>
      <p role="status">
        {say('oneFile.done', { count: result.files, size: bytes(result.addedBytes), path: shortPath(result.file) })}
      </p>
      {problems.length > 0 && <Problem sentence={say('oneFile.problems', { count: problems.length })} />}
      {window.coffer && (
        <div>
          <Button onClick={() => void show()}>{say('viewer.showInFolder')}</Button>
        </div>
      )}
    </div>
  )
}
