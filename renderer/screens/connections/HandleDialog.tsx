import { useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useConnect } from '../../data/connections.ts'
import { notify } from '../../components/notices.ts'
import { TextField } from '../../components/TextField.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import { StepDialog } from './StepDialog.tsx'
import styles from './StepDialog.module.css'

/** A name is enough for what everybody can see; a password made for this program shows the rest. */
export function HandleDialog(step: Step) {
  const { connector, again, onClose } = step
  const [handle, setHandle] = useState(again?.username ?? '')
  const [secret, setSecret] = useState('')
  const [server, setServer] = useState(again?.server ?? '')
  const connect = useConnect()
  const submit = (): void =>
    connect.mutate(
      {
        platform: connector.platform,
        handle: handle.trim(),
        ...(secret !== '' && { secret }),
        ...(server.trim() !== '' && { server: server.trim() }),
      },
      {
        onSuccess: () => {
          onClose()
          notify(t('connect.done', { name: platformName(connector.platform) }))
        },
      },
    )
  return (
    <StepDialog
      step={step}
      confirm={t('connect.confirm')}
      isReady={handle.trim() !== '' && !connect.isPending}
      error={connect.isError ? sentenceOf(connect.error) : null}
      onSubmit={submit}
    >
      <TextField
        label={t('connect.handle')}
        value={handle}
        placeholder="ann.bsky.social"
        maxLength={300}
        onText={setHandle}
      />
      <TextField label={t('connect.appPassword')} type="password" value={secret} maxLength={1000} onText={setSecret} />
      <p className={styles['hint']}>
        {t('connect.appPasswordHint')} {t('connect.secretKept')}
      </p>
      <TextField
        label={t('connect.serverOptional')}
        value={server}
        placeholder="https://bsky.social"
        maxLength={300}
        onText={setServer}
      />
    </StepDialog>
  )
}
