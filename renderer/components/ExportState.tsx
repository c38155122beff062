import type { Export } from '../../main/contract/index.ts'
import { useStopExport } from '../data/exports.ts'
import { shortPath } from '../data/home-path.ts'
import { exportLine, exportShare } from '../messages/export-lines.ts'
import { bytes } from '../messages/format.ts'
import { failureLine } from '../messages/problem-line.ts'
import { t } from '../messages/translate.ts'
import { Button } from './Button.tsx'
import { notify } from './notices.ts'
import { Problem } from './Problem.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import styles from './ExportState.module.css'

/** How far an export has come, and the way to stop it. */
export function ExportRunning({ now }: { readonly now: Export }) {
  const stop = useStopExport()
  return (
    <div className={styles['state']}>
      <p role="status">{exportLine(now.progress)}</p>
      <ProgressBar name={t('export.running')} share={exportShare(now.progress)} />
      <p className={styles['hint']}>{t('restore.path', { path: shortPath(now.path) })}</p>
      <div>
        <Button disabled={stop.isPending} onClick={() => stop.mutate(now.id)}>
          {t('backups.stop')}
        </Button>
      </div>
    </div>
  )
}

/** What came of an export. */
export function ExportEnded({ each: { result, problem, problemCode, status, path } }: { readonly each: Export }) {
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(path)) === false) notify(t('watch.folderGone'))
  }
  if (!result) {
    const stopped = t('export.stopped', { path: shortPath(path) })
    return <Problem sentence={status === 'cancelled' ? stopped : failureLine(problemCode, problem)} />
  }
  const { failed } = result
  return (
    <div className={styles['state']}>
      <p role="status">{t('export.done', { count: result.files, size: bytes(result.bytes), path: shortPath(path) })}</p>
      {failed.length > 0 && (
        <section aria-label={t('export.failed', { count: failed.length })}>
          <Problem sentence={t('export.failed', { count: failed.length })} />
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
          <Button onClick={() => void show()}>{t('viewer.showInFolder')}</Button>
        </div>
      )}
    </div>
  )
}
