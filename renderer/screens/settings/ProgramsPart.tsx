import { useState } from 'react'
import { KeyRound } from 'lucide-react'
import type { ApiToken } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useRevokeToken, useTokens } from '../../engine/tokens.ts'
import { Button } from '../../parts/Button.tsx'
import { notify } from '../../parts/notices.ts'
import { useOneStop } from '../../parts/one-stop.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ago, calendarDay } from '../../words/format.ts'
import { say } from '../../words/say.ts'
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
      onSuccess: () => notify(say('tokens.revoked', { name: token.name })),
      onError: (error) => notify(sentenceOf(error)),
    })
  return (
    <>
      <p className={styles['hint']}>{say('tokens.lead')}</p>
      {tokens.isError && <Problem sentence={sentenceOf(tokens.error)} onRetry={() => void tokens.refetch()} />}
      <ul ref={stop}>
        {tokens.data?.map((token) => (
          <li key={token.id} className={styles['line']}>
            <div className={styles['grow']}>
              <span className={styles['name']}>{token.name}</span>
              <span className={styles['hint']}>{factsOf(token)}</span>
            </div>
            <Button kind="quiet" disabled={revoke.isPending} onClick={() => end(token)}>
              {say('tokens.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        <Button onClick={() => setMaking(true)}>
          <KeyRound size={16} />
          {say('tokens.make')}
        </Button>
      </div>
      {isMaking && <TokenDialog isAdmin={isAdmin} onClose={() => setMaking(false)} />}
    </>
  )
}

function factsOf({ scope, lastUsedAt, expiresAt }: ApiToken): string {
  return [
    say(`tokens.scope.${scope}`),
    lastUsedAt === null ? say('tokens.neverUsed') : say('tokens.lastUsed', { ago: ago(lastUsedAt) }),
    expiresAt !== null && say('tokens.until', { day: calendarDay(expiresAt) }),
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
