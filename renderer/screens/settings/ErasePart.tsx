import { useId, useState } from 'react'
import { sentenceOf } from '../../engine/client.ts'
import { useErasable, useErase } from '../../engine/erase.ts'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { notify } from '../../parts/notices.ts'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'

/** The way to destroy everything, far from everything else. */
export function ErasePart() {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <p>{say('erase.lead')}</p>
      <div>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {say('erase.open')}
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
      title={say('erase.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="danger" type="submit" form={form} disabled={!isReady}>
            {erase.isPending ? say('erase.running') : say('erase.confirm', { count: data?.media ?? 0 })}
          </Button>
        </>
      }
    >
      {erasable.isError && <Problem sentence={sentenceOf(erasable.error)} onRetry={() => void erasable.refetch()} />}
      {data && <p>{say('erase.takes', { count: data.media, size: bytes(data.bytes), albums: data.albums })}</p>}
      <p>{say('erase.stays')}</p>
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) erase.mutate({ name: typed })
        }}
      >
        <TextField
          label={say('erase.type', { name: data?.name ?? '…' })}
          value={typed}
          data-confirms=""
          onText={setTyped}
        />
      </form>
      {erase.isError && <Problem sentence={sentenceOf(erase.error)} />}
    </Dialog>
  )
}
