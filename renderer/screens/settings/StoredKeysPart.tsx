import { useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useSetStoredKeysPassphrase, useStoredKeys, useUnlockStoredKeys } from '../../data/stored-keys.ts'
import { Button } from '../../components/Button.tsx'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import { FormDialog } from './PasswordDialog.tsx'
import styles from './PeoplePart.module.css'

/** What seals tokens and keys in the vault, for administrators. */
export function StoredKeysPart() {
  const keys = useStoredKeys()
  const [dialog, setDialog] = useState<'set' | 'unlock' | 'start-over' | null>(null)
  if (keys.isError) return <Problem sentence={sentenceOf(keys.error)} onRetry={() => void keys.refetch()} />
  if (!keys.data) return null
  const { state, hasPassphrase, hasStore } = keys.data
  const close = (): void => setDialog(null)
  return (
    <>
      <p className={styles['hint']}>{t('storedKeys.lead')}</p>
      {state !== 'open' && <p>{t(`storedKeys.${state}`)}</p>}
      {state === 'open' && (
        <p>
          {hasStore && `${t('storedKeys.byStore')} `}
          {t(hasPassphrase ? 'storedKeys.byPassphrase' : 'storedKeys.noPassphrase')}
        </p>
      )}
      <div className={styles['actions']}>
        {state === 'locked' ? (
          <>
            <Button onClick={() => setDialog('unlock')}>{t('storedKeys.unlock')}</Button>
            <Button onClick={() => setDialog('start-over')}>{t('storedKeys.forgot')}</Button>
          </>
        ) : (
          <Button onClick={() => setDialog('set')}>{t(hasPassphrase ? 'storedKeys.change' : 'storedKeys.set')}</Button>
        )}
      </div>
      {(dialog === 'set' || dialog === 'start-over') && (
        <SetPassphrase startsOver={dialog === 'start-over'} onClose={close} />
      )}
      {dialog === 'unlock' && <Unlock onClose={close} />}
    </>
  )
}

function SetPassphrase({ startsOver, onClose }: { readonly startsOver: boolean; readonly onClose: () => void }) {
  const [typed, setTyped] = useState({ first: '', second: '' })
  const set = useSetStoredKeysPassphrase(startsOver)
  const done = (): void => {
    onClose()
    notify(t('storedKeys.done'))
  }
  return (
    <FormDialog
      title={t('storedKeys.setTitle')}
      confirm={t('storedKeys.confirm')}
      isReady={isAgreed(typed) && !set.isPending}
      error={set.isError ? sentenceOf(set.error) : null}
      onClose={onClose}
      onSubmit={() => set.mutate(typed.first, { onSuccess: done })}
    >
      <p>{t(startsOver ? 'storedKeys.startOverLead' : 'storedKeys.setLead')}</p>
      <NewPassphrase typed={typed} onTyped={setTyped} />
    </FormDialog>
  )
}

function Unlock({ onClose }: { readonly onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('')
  const unlock = useUnlockStoredKeys()
  const done = (): void => {
    onClose()
    notify(t('storedKeys.unlocked'))
  }
  return (
    <FormDialog
      title={t('storedKeys.unlockTitle')}
      confirm={t('storedKeys.unlockConfirm')}
      isReady={passphrase !== '' && !unlock.isPending}
      error={unlock.isError ? sentenceOf(unlock.error) : null}
      onClose={onClose}
      onSubmit={() => unlock.mutate(passphrase, { onSuccess: done })}
    >
      <TextField
        label={t('storedKeys.passphrase')}
        type="password"
        value={passphrase}
        maxLength={1000}
        onText={setPassphrase}
      />
    </FormDialog>
  )
}
