import { useState } from 'react'
import { ExternalLink } from 'lucide-react'
import type { ConnectionSignIn } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useBeginSignIn } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { openLink } from '../../components/open-link.ts'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import { stravaApiPage } from './export-pages.ts'
import { ExportSteps } from './ExportSteps.tsx'
import { StepDialog } from './StepDialog.tsx'
import { WaitDialog } from './WaitDialog.tsx'
import styles from './StepDialog.module.css'

/** Signing in at the service, in the browser; with a key of one’s own where the service asks for one. */
export function SignInDialog(step: Step) {
  const { connector, again, onImport } = step
  const [server, setServer] = useState(again?.server ?? '')
  const [clientId, setClientId] = useState('')
  const [clientSecret, setClientSecret] = useState('')
  const [begun, setBegun] = useState<ConnectionSignIn | null>(null)
  const begin = useBeginSignIn()
  const { platform, hasServer, ways } = connector
  const needsKey = ways[0] === 'own_app'
  const hasKey = clientId.trim() !== '' && clientSecret !== ''
  // The key of a connection there is lies in the vault.
  const isReady = (!hasServer || server.trim() !== '') && (!needsKey || hasKey || again !== undefined)
  const submit = (): void =>
    begin.mutate(
      {
        platform,
        ...(hasServer && { server: server.trim() }),
        ...(needsKey && hasKey && { clientId: clientId.trim(), clientSecret: clientSecret.trim() }),
        ...(again && { connectionId: again.id }),
      },
      {
        onSuccess: (signIn) => {
          setClientSecret('')
          begin.reset()
          setBegun(signIn)
          void openLink(signIn.url)
        },
      },
    )
  if (begun) return <WaitDialog step={step} begun={begun} onAgain={() => setBegun(null)} />
  return (
    <StepDialog
      step={step}
      confirm={t('connect.signIn')}
      isReady={isReady && !begin.isPending}
      error={begin.isError ? sentenceOf(begin.error) : null}
      onSubmit={submit}
    >
      {hasServer && (
        <TextField
          label={t('connect.server')}
          value={server}
          placeholder="mastodon.social"
          maxLength={300}
          onText={setServer}
        />
      )}
      {needsKey && (
        <>
          <div className={styles['buttons']}>
            <Button onClick={() => void openLink(stravaApiPage)}>
              <ExternalLink size={16} />
              {t('connect.openPage')}
            </Button>
          </div>
          <TextField label={t('connect.clientId')} value={clientId} maxLength={500} onText={setClientId} />
          <TextField
            label={t('connect.clientSecret')}
            type="password"
            value={clientSecret}
            maxLength={500}
            onText={setClientSecret}
          />
          <p className={styles['hint']}>{t('connect.secretKept')}</p>
        </>
      )}
      <ExportSteps platform={platform} isInstead onImport={onImport} />
    </StepDialog>
  )
}
