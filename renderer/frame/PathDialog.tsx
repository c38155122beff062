import { useId, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { CancelButton, Dialog } from '../parts/Dialog.tsx'
import { TextField } from '../parts/TextField.tsx'
import { say } from '../words/say.ts'

/** In a browser there is no picker that tells a path, so it is typed. */
export function PathDialog({
  onPath,
  onClose,
}: {
  readonly onPath: (path: string) => void
  readonly onClose: () => void
}) {
  const [path, setPath] = useState('')
  const form = useId()
  return (
    <Dialog
      title={say('path.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={path.trim() === ''}>
            {say('path.go')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (path.trim() !== '') onPath(path.trim())
        }}
      >
        <TextField label={say('path.label')} value={path} placeholder={say('path.placeholder')} onText={setPath} />
      </form>
    </Dialog>
  )
}
