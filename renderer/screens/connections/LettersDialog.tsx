import type { Connection } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useConnectionVerb, useDeadLetters } from '../../data/connections.ts'
import { useNextPage } from '../../data/next-page.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { connectionName } from '../../messages/connection-lines.ts'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './Lines.module.css'

/** What could not be read or fetched, with why, and the way to try it again. */
export function LettersDialog({
  connection,
  onClose,
}: {
  readonly connection: Connection
  readonly onClose: () => void
}) {
  const letters = useDeadLetters(connection.id)
  const more = useNextPage(letters)
  const verb = useConnectionVerb()
  const all = letters.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog
      title={t('connections.lettersTitle', { name: connectionName(connection) })}
      isWide
      onClose={onClose}
      actions={
        <>
          {all.length > 0 && (
            <Button
              disabled={verb.isPending || connection.running !== null}
              onClick={() => verb.mutate({ id: connection.id, verb: 'retry' })}
            >
              {t('connections.retry')}
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t('close')}
          </Button>
        </>
      }
    >
      {verb.isError && <Problem sentence={sentenceOf(verb.error)} />}
      {letters.isError && <Problem sentence={sentenceOf(letters.error)} onRetry={() => void letters.refetch()} />}
      {letters.isSuccess && (
        <p className={styles['quiet']}>
          {t(all.length === 0 ? 'connections.lettersEmpty' : 'connections.lettersLead')}
        </p>
      )}
      <ul className={styles['lines']}>
        {all.map((letter) => (
          <li key={letter.id} className={styles['line']}>
            <p className={styles['first']}>
              <span>
                <span className={styles['kind']}>{t(`connections.letter.${letter.kind}`)} · </span>
                {letter.what}
              </span>
            </p>
            {letter.error !== null && <p className={styles['problem']}>{letter.error}</p>}
            <p className={styles['quiet']}>
              {[
                letter.lastTriedAt === null ? null : when(letter.lastTriedAt),
                t('connections.attempts', { count: letter.attempts }),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {letters.hasNextPage && (
        <Button className={styles['more'] ?? ''} disabled={letters.isFetchingNextPage} onClick={more}>
          {t('connections.more')}
        </Button>
      )}
    </Dialog>
  )
}
