import { useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useAddPerson } from '../../data/people.ts'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import { FormDialog } from './PasswordDialog.tsx'
import { bytesOfGigabytes, QuotaField } from './QuotaDialog.tsx'

/** A new person with a password to begin with, which they can change. */
export function AddPersonDialog({ onClose }: { readonly onClose: () => void }) {
  const [username, setUsername] = useState('')
  const [typed, setTyped] = useState({ first: '', second: '' })
  const [gigabytes, setGigabytes] = useState('')
  const storageQuota = bytesOfGigabytes(gigabytes)
  const add = useAddPerson()
  const isReady = username.trim() !== '' && isAgreed(typed, 'password') && storageQuota !== undefined && !add.isPending
  return (
    <FormDialog
      title={t('people.addTitle')}
      confirm={t('people.addConfirm')}
      isReady={isReady}
      error={add.isError ? sentenceOf(add.error) : null}
      onClose={onClose}
      onSubmit={() =>
        add.mutate(
          { username: username.trim(), password: typed.first, ...(storageQuota !== undefined && { storageQuota }) },
          {
            onSuccess: (person) => {
              onClose()
              notify(t('people.added', { name: person.username }))
            },
          },
        )
      }
    >
      <p>{t('people.addLead')}</p>
      <TextField label={t('settings.name')} value={username} maxLength={63} onText={setUsername} />
      <NewPassphrase kind="password" typed={typed} onTyped={setTyped} />
      <QuotaField gigabytes={gigabytes} onGigabytes={setGigabytes} />
    </FormDialog>
  )
}
