import { useState } from 'react'
import type { Export } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useExports, useStartExport, useStopExport } from '../../engine/exports.ts'
import { shortPath } from '../../engine/home-path.ts'
import { Button } from '../../parts/Button.tsx'
import { FolderField, folderOf } from '../../parts/FolderField.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ProgressBar } from '../../parts/ProgressBar.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { exportLine, exportShare } from '../../words/export-lines.ts'
import { bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './ExportPart.module.css'

const included = ['export.originals', 'export.sidecars', 'export.data', 'export.page'] as const

/** Everything out into a folder that needs no Coffer. */
export function ExportPart() {
  const exports = useExports()
  const [path, setPath] = useState('')
  const [since, setSince] = useState('')
  const start = useStartExport()
  const [newest] = exports.data ?? []
  const isRunning = newest?.status === 'running'
  const isReady = path.trim() !== '' && !isRunning && !start.isPending
  return (
    <div className={styles['part']}>
      <p>{say('export.lead')}</p>
      <ul className={styles['included']}>
        {included.map((each) => (
          <li key={each}>{say(each)}</li>
        ))}
      </ul>
      {exports.isError && <Problem sentence={sentenceOf(exports.error)} onRetry={() => void exports.refetch()} />}
      {newest && isRunning ? (
        <Running now={newest} />
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) start.mutate({ path: folderOf(path), ...(since !== '' && { since }) })
          }}
        >
          <FolderField label={say('export.to')} path={path} onPath={setPath} />
          <p className={styles['hint']}>{say('export.toHint')}</p>
          <div className={styles['since']}>
            <TextField label={say('export.since')} type="date" value={since} onText={setSince} />
          </div>
          {start.isError && <Problem sentence={sentenceOf(start.error)} />}
          <div>
            <Button kind="primary" type="submit" disabled={!isReady}>
              {say('export.start')}
            </Button>
          </div>
        </form>
      )}
      {newest && !isRunning && <Ended each={newest} />}
    </div>
  )
}

function Running({ now }: { readonly now: Export }) {
  const stop = useStopExport()
  return (
    <div className={styles['form']}>
      <p role="status">{exportLine(now.progress)}</p>
      <ProgressBar name={say('export.running')} share={exportShare(now.progress)} />
      <p className={styles['hint']}>{say('restore.path', { path: shortPath(now.path) })}</p>
      <div>
        <Button disabled={stop.isPending} onClick={() => stop.mutate(now.id)}>
          {say('backups.stop')}
        </Button>
      </div>
    </div>
  )
}

function Ended({ each }: { readonly each: Export }) {
  const { result, problem, status, path } = each
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(path)) === false) notify(say('watch.folderGone'))
  }
  if (!result) {
    const stopped = say('export.stopped', { path: shortPath(path) })
    return <Problem sentence={status === 'cancelled' ? stopped : (problem ?? say('problem'))} />
  }
  const { failed } = result
  return (
    <div className={styles['form']}>
      <p role="status">
        {say('export.done', { count: result.files, size: bytes(result.bytes), path: shortPath(path) })}
      </p>
      {failed.length > 0 && (
        <section aria-label={say('export.failed', { count: failed.length })}>
          <Problem sentence={say('export.failed', { count: failed.length })} />
          <ul className={styles['failed']}>
            {failed.map(({ id, filename, reason }) => (
              <li key={id}>
                {filename}: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      {window.coffer && (
        <div>
          <Button onClick={() => void show()}>{say('viewer.showInFolder')}</Button>
        </div>
      )}
    </div>
  )
}
