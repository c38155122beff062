import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { ConnectionSignIn } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { cancelSignIn, connectionsKey, useSignIn } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { openLink } from '../../components/open-link.ts'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { failureLine } from '../../messages/problem-line.ts'
import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import styles from './StepDialog.module.css'

/** While a person signs in in the browser; leaving gives it up. */
export function WaitDialog({
  step: { connector, onClose },
  begun,
  onAgain,
}: {
  readonly step: Step
  readonly begun: ConnectionSignIn
  readonly onAgain: () => void
}) {
  const cache = useQueryClient()
  const found = useSignIn(begun.id)
  const { state, problem } = found.data ?? begun
  const name = platformName(connector.platform)
  const isWaiting = useRef(true)
  useEffect(() => {
    isWaiting.current = state === 'waiting'
    if (state !== 'done') return
    void cache.invalidateQueries({ queryKey: connectionsKey })
    onClose()
    notify(t('connect.done', { name }))
  }, [state, cache, name, onClose])
  const leave = (): void => {
    // One that is forgotten here ends by itself.
    if (isWaiting.current) void cancelSignIn(begun.id).catch(() => {})
    onClose()
  }
  return (
    <Dialog
      title={t('connect.titleOf', { name })}
      onClose={leave}
      actions={
        <>
          <CancelButton />
          {state === 'waiting' ? (
            <Button onClick={() => void openLink(begun.url)}>{t('connect.again')}</Button>
          ) : (
            <Button kind="primary" onClick={onAgain}>
              {t('tryAgain')}
            </Button>
          )}
        </>
      }
    >
      {state === 'waiting' && (
        <div className={styles['waiting']}>
          <p role="status">{t('connect.waiting')}</p>
          <ProgressBar name={t('connect.waiting')} share={null} />
        </div>
      )}
      {state === 'failed' && <Problem sentence={failureLine(problem?.code ?? null, problem?.message ?? null)} />}
      {state === 'cancelled' && <p>{t('connect.cancelled')}</p>}
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
    </Dialog>
  )
}
