import { sentenceOf } from '../../engine/client.ts'
import { useBackupRuns } from '../../engine/backups.ts'
import { Problem } from '../../parts/Problem.tsx'
import { runFigures } from '../../words/backup-lines.ts'
import { when } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './Lines.module.css'

/** What was done with a backup, newest first. */
export function Runs({ id }: { readonly id: string }) {
  const runs = useBackupRuns(id)
  if (runs.isError) return <Problem sentence={sentenceOf(runs.error)} onRetry={() => void runs.refetch()} />
  if (runs.data?.length === 0) return <p className={styles['none']}>{say('backups.noRuns')}</p>
  return (
    <ul className={styles['list']}>
      {runs.data?.map((run) => (
        <li key={run.id} className={styles['line']}>
          <span className={styles['what']}>{say(`backups.run.${run.kind}`)}</span>
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
