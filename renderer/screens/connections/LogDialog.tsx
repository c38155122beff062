import { useState } from 'react'
import type { Connection, SyncRun } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useSyncRuns } from '../../data/connections.ts'
import { useNextPage } from '../../data/next-page.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { connectionName, runLine } from '../../messages/connection-lines.ts'
import { when } from '../../messages/format.ts'
import { failureLine } from '../../messages/problem-line.ts'
import { t } from '../../messages/translate.ts'
import styles from './Lines.module.css'

/** Every sync of a connection with all that came of it. */
export function LogDialog({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const runs = useSyncRuns(connection.id)
  const more = useNextPage(runs)
  const all = runs.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog
      title={t('connections.logTitle', { name: connectionName(connection) })}
      isWide
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      {runs.isError && <Problem sentence={sentenceOf(runs.error)} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && all.length === 0 && <p className={styles['quiet']}>{t('connections.logEmpty')}</p>}
      <ul className={styles['lines']}>
        {all.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
      {runs.hasNextPage && (
        <Button className={styles['more'] ?? ''} disabled={runs.isFetchingNextPage} onClick={more}>
          {t('connections.more')}
        </Button>
      )}
    </Dialog>
  )
}

function Run({ run }: { readonly run: SyncRun }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <li className={styles['line']}>
      <p className={styles['first']}>
        <span>
          {when(run.startedAt)}
          <span className={styles['kind']}> · {t(`connections.kind.${run.kind}`)}</span>
        </span>
        <span className={styles['status']} data-status={run.status}>
          {t(`connections.run.${run.status}`)}
        </span>
      </p>
      <p className={styles['quiet']}>{runLine(run)}</p>
      {run.problem !== null && (
        <p className={styles['problem']}>{failureLine(run.problem.code, run.problem.message)}</p>
      )}
      {Object.keys(run.details).length > 0 && (
        <details className={styles['folded']} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('connections.details')}</summary>
          {isOpen && (
            // It can be scrolled by keys.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <pre className={styles['json']} tabIndex={0} role="region" aria-label={t('connections.details')}>
              {JSON.stringify(run.details, null, 2)}
            </pre>
          )}
        </details>
      )}
    </li>
  )
}
