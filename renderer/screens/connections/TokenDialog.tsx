import { useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useConnect } from '../../data/connections.ts'
import { notify } from '../../components/notices.ts'
import { TextField } from '../../components/TextField.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import { ExportSteps } from './ExportSteps.tsx'
import { StepDialog } from './StepDialog.tsx'
import styles from './StepDialog.module.css'

/** A token that was made at the service says whose account it is. */
export function TokenDialog(step: Step) {
  const { connector, onClose, onImport } = step
  const [secret, setSecret] = useState('')
  const connect = useConnect()
  return (
    <StepDialog
      step={step}
      confirm={t('connect.confirm')}
      isReady={secret.trim() !== '' && !connect.isPending}
      error={connect.isError ? sentenceOf(connect.error) : null}
      onSubmit={() =>
        connect.mutate(
          { platform: connector.platform, secret: secret.trim() },
          {
            onSuccess: () => {
              onClose()
              notify(t('connect.done', { name: platformName(connector.platform) }))
            },
          },
        )
      }
    >
      <TextField label={t('connect.token')} type="password" value={secret} maxLength={10_000} onText={setSecret} />
      <p className={styles['hint']}>{t('connect.secretKept')}</p>
      <ExportSteps platform={connector.platform} isInstead onImport={onImport} />
    </StepDialog>
  )
}
