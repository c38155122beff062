import { useId, useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useErasable, useErase } from '../../data/erase.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'

/** The way to destroy everything, far from everything else. */
export function ErasePart() {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <p>{t('erase.lead')}</p>
      <div>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('erase.open')}
        </Button>
      </div>
      {isAsking && <EraseDialog onClose={() => setAsking(false)} />}
    </>
  )
}

function EraseDialog({ onClose }: { readonly onClose: () => void }) {
  const erasable = useErasable()
  const [typed, setTyped] = useState('')
  const erase = useErase({
    // Nothing that this window still holds of it may be shown again.
    onErased: () => {
      location.hash = ''
      location.reload()
    },
    onFailed: (error) => notify(sentenceOf(error)),
  })
  const form = useId()
  const { data } = erasable
  const isReady = data !== undefined && typed === data.name && !erase.isPending
  return (
    <Dialog
      title={t('erase.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="danger" type="submit" form={form} disabled={!isReady}>
            {erase.isPending ? t('erase.running') : t('erase.confirm', { count: data?.media ?? 0 })}
          </Button>
        </>
      }
    >
      {erasable.isError && <Problem sentence={sentenceOf(erasable.error)} onRetry={() => void erasable.refetch()} />}
      {data && <p>{t('erase.takes', { count: data.media, size: bytes(data.bytes), albums: data.albums })}</p>}
      <p>{t('erase.stays')}</p>
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) erase.mutate({ name: typed })
        }}
      >
        <TextField
          label={t('erase.type', { name: data?.name ?? '…' })}
          value={typed}
          data-confirms=""
          onText={setTyped}
        />
      </form>
      {erase.isError && <Problem sentence={sentenceOf(erase.error)} />}
    </Dialog>
  )
}
