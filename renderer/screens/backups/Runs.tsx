import { sentenceOf } from '../../data/client.ts'
import { useBackupRuns } from '../../data/backups.ts'
import { Problem } from '../../components/Problem.tsx'
import { runFigures } from '../../messages/backup-lines.ts'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './Lines.module.css'

/** What was done with a backup, newest first. */
export function Runs({ id }: { readonly id: string }) {
  const runs = useBackupRuns(id)
  if (runs.isError) return <Problem sentence={sentenceOf(runs.error)} onRetry={() => void runs.refetch()} />
  if (runs.data?.length === 0) return <p className={styles['none']}>{t('backups.noRuns')}</p>
  return (
    <ul className={styles['list']}>
      {runs.data?.map((run) => (
        <li key={run.id} className={styles['line']}>
          <span className={styles['what']}>{t(`backups.run.${run.kind}`)}</span>
          <span
            className={styles['figures']}
            data-attention={run.status === 'failed' || (run.status === 'done' && run.problem !== null)}
          >
            {runFigures(run)}
          </span>
          <time className={styles['time']} dateTime={run.startedAt}>
            {when(run.startedAt)}
          </time>
        </li>
      ))}
    </ul>
  )
}
