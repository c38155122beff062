import { useState } from 'react'
import { KeyRound } from 'lucide-react'
import type { ApiToken } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useRevokeToken, useTokens } from '../../data/tokens.ts'
import { Button } from '../../components/Button.tsx'
import { notify } from '../../components/notices.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { ago, calendarDay } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { TokenDialog } from './TokenDialog.tsx'
import styles from './PeoplePart.module.css'

/** Tokens with which other programs act as the person who is signed in. */
export function ProgramsPart({ isAdmin }: { readonly isAdmin: boolean }) {
  const tokens = useTokens()
  const stop = useOneStop()
  const revoke = useRevokeToken()
  const [isMaking, setMaking] = useState(false)
  const end = (token: ApiToken): void =>
    revoke.mutate(token.id, {
      onSuccess: () => notify(t('tokens.revoked', { name: token.name })),
      onError: (error) => notify(sentenceOf(error)),
    })
  return (
    <>
      <p className={styles['hint']}>{t('tokens.lead')}</p>
      {tokens.isError && <Problem sentence={sentenceOf(tokens.error)} onRetry={() => void tokens.refetch()} />}
      <ul ref={stop}>
        {tokens.data?.map((token) => (
          <li key={token.id} className={styles['line']}>
            <div className={styles['grow']}>
              <span className={styles['name']}>{token.name}</span>
              <span className={styles['hint']}>{factsOf(token)}</span>
            </div>
            <Button kind="quiet" disabled={revoke.isPending} onClick={() => end(token)}>
              {t('tokens.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        <Button onClick={() => setMaking(true)}>
          <KeyRound size={16} />
          {t('tokens.make')}
        </Button>
      </div>
      {isMaking && <TokenDialog isAdmin={isAdmin} onClose={() => setMaking(false)} />}
    </>
  )
}

function factsOf({ scope, lastUsedAt, expiresAt }: ApiToken): string {
  return [
    t(`tokens.scope.${scope}`),
    lastUsedAt === null ? t('tokens.neverUsed') : t('tokens.lastUsed', { ago: ago(lastUsedAt) }),
    expiresAt !== null && t('tokens.until', { day: calendarDay(expiresAt) }),
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
