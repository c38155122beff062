import { useState } from 'react'
import type { Person } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditPerson } from '../../data/people.ts'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import { FormDialog } from './PasswordDialog.tsx'
import styles from './PeoplePart.module.css'

const gigabyte = 1e9

/** The most a person may keep; nothing typed is no limit. */
export function QuotaDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const [gigabytes, setGigabytes] = useState(person.storageQuota === null ? '' : String(person.storageQuota / gigabyte))
  const storageQuota = bytesOfGigabytes(gigabytes)
  const edit = useEditPerson()
  return (
    <FormDialog
      title={t('people.quotaTitle', { name: person.displayName ?? person.username })}
      confirm={t('people.quotaConfirm')}
      isReady={storageQuota !== undefined && !edit.isPending}
      error={edit.isError ? sentenceOf(edit.error) : null}
      onClose={onClose}
      onSubmit={() =>
        storageQuota !== undefined && edit.mutate({ id: person.id, edit: { storageQuota } }, { onSuccess: onClose })
      }
    >
      <QuotaField gigabytes={gigabytes} onGigabytes={setGigabytes} />
    </FormDialog>
  )
}

export function QuotaField({
  gigabytes,
  onGigabytes,
}: {
  readonly gigabytes: string
  readonly onGigabytes: (text: string) => void
}) {
  return (
    <div>
      <TextField
        label={t('people.quotaField')}
        inputMode="decimal"
        value={gigabytes}
        maxLength={12}
        aria-invalid={bytesOfGigabytes(gigabytes) === undefined}
        onText={onGigabytes}
      />
      <p className={styles['hint']}>{t('people.quotaHint')}</p>
    </div>
  )
}

/** Null is no limit, undefined is no number. */
export function bytesOfGigabytes(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const amount = Math.round(Number(text.trim().replace(',', '.')) * gigabyte)
  return Number.isSafeInteger(amount) && amount > 0 ? amount : undefined
}
