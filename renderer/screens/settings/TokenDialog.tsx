import { useId, useState } from 'react'
import { Copy } from 'lucide-react'
import type { TokenScope } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useCreateToken } from '../../data/tokens.ts'
import { Button } from '../../components/Button.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import styles from './TokenDialog.module.css'

const lifetimes = [30, 365, null] as const

/** Makes a token and shows it this once. */
export function TokenDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const create = useCreateToken()
  return create.data ? (
    <MadeToken token={create.data.token} onClose={onClose} />
  ) : (
    <NewToken isAdmin={isAdmin} create={create} onClose={onClose} />
  )
}

function NewToken({
  isAdmin,
  create,
  onClose,
}: {
  readonly isAdmin: boolean
  readonly create: ReturnType<typeof useCreateToken>
  readonly onClose: () => void
}) {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<TokenScope>('read')
  const [days, setDays] = useState<number | null>(365)
  const form = useId()
  const scopes: readonly TokenScope[] = isAdmin ? ['read', 'write', 'admin'] : ['read', 'write']
  return (
    <Dialog
      title={t('tokens.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={name.trim() === '' || create.isPending}>
            {t('tokens.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate({ name, scope, expiresInDays: days })
        }}
      >
        <TextField label={t('tokens.name')} value={name} onText={setName} maxLength={100} />
        <Choices legend={t('tokens.scope')}>
          {scopes.map((each) => (
            <Choice
              key={each}
              group="scope"
              name={t(`tokens.scope.${each}`)}
              hint={t(`tokens.scopeHint.${each}`)}
              isChosen={scope === each}
              onChoose={() => setScope(each)}
            />
          ))}
        </Choices>
        <Choices legend={t('tokens.lifetime')}>
          {lifetimes.map((each) => (
            <Choice
              key={each}
              group="lifetime"
              name={each === null ? t('tokens.noEnd') : t('tokens.days', { days: each })}
              isChosen={days === each}
              onChoose={() => setDays(each)}
            />
          ))}
        </Choices>
        {create.isError && <Problem sentence={sentenceOf(create.error)} />}
      </form>
    </Dialog>
  )
}

function MadeToken({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(token)
    setCopied(true)
  }
  return (
    <Dialog
      title={t('tokens.madeTitle')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('tokens.done')}
        </Button>
      }
    >
      <p>{t('tokens.madeLead')}</p>
      <p className={styles['token']} data-testid="api-token">
        {token}
      </p>
      <div className={styles['copy']}>
        <Button onClick={() => void copy()}>
          <Copy size={16} />
          {t('recovery.copy')}
        </Button>
        <span role="status">{isCopied ? t('viewer.copied') : ''}</span>
      </div>
    </Dialog>
  )
}
