import { useId, useState, type ReactNode } from 'react'
import { useRemovePassword, useSetPassword } from '../../data/people.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { isAgreed, NewPassphrase } from '../../components/NewPassphrase.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import { signInLine } from '../../messages/sign-in-lines.ts'
import styles from './PeoplePart.module.css'

/** A new password: one’s own, which asks for the old one, or another person’s. */
export function PasswordDialog({
  person,
  isOwn,
  onClose,
}: {
  readonly person: { readonly id: string; readonly username: string; readonly hasPassword: boolean }
  readonly isOwn: boolean
  readonly onClose: () => void
}) {
  const [current, setCurrent] = useState('')
  const [typed, setTyped] = useState({ first: '', second: '' })
  const set = useSetPassword()
  const asksCurrent = isOwn && person.hasPassword
  const isReady = isAgreed(typed, 'password') && (!asksCurrent || current !== '') && !set.isPending
  return (
    <FormDialog
      title={isOwn ? t('password.title') : t('password.titleOf', { name: person.username })}
      confirm={t('password.confirm')}
      isReady={isReady}
      error={set.isError ? signInLine(set.error) : null}
      onClose={onClose}
      onSubmit={() =>
        set.mutate(
          { id: person.id, password: typed.first, ...(asksCurrent && { current }) },
          {
            onSuccess: () => {
              onClose()
              notify(isOwn ? t('password.changed') : t('password.changedOf', { name: person.username }))
            },
          },
        )
      }
    >
      <p>{t(isOwn ? 'password.lead' : 'password.leadOf')}</p>
      {asksCurrent && (
        <TextField label={t('password.current')} type="password" value={current} maxLength={1000} onText={setCurrent} />
      )}
      <NewPassphrase kind="password" typed={typed} onTyped={setTyped} />
      <p className={styles['hint']}>{t('password.protects')}</p>
    </FormDialog>
  )
}

/** The vault opens by itself again. */
export function RemovePasswordDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const remove = useRemovePassword()
  return (
    <FormDialog
      title={t('password.removeTitle')}
      confirm={t('password.removeConfirm')}
      isReady={current !== '' && !remove.isPending}
      error={remove.isError ? signInLine(remove.error) : null}
      onClose={onClose}
      onSubmit={() =>
        remove.mutate(
          { id, current },
          {
            onSuccess: () => {
              onClose()
              notify(t('password.removed'))
            },
          },
        )
      }
    >
      <p>{t('password.removeLead')}</p>
      <TextField label={t('password.current')} type="password" value={current} maxLength={1000} onText={setCurrent} />
    </FormDialog>
  )
}

export function FormDialog({
  title,
  confirm,
  isReady,
  error,
  onClose,
  onSubmit,
  children,
}: {
  readonly title: string
  readonly confirm: string
  readonly isReady: boolean
  readonly error: string | null
  readonly onClose: () => void
  readonly onSubmit: () => void
  readonly children: ReactNode
}) {
  const form = useId()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onSubmit()
        }}
      >
        {children}
        <input type="submit" hidden />
      </form>
      {error !== null && <Problem sentence={error} />}
    </Dialog>
  )
}
