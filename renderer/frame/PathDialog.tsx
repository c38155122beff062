import { useId, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { TextField } from '../parts/TextField.tsx'
import { words } from '../words/en.ts'

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
      title={words.pathDialog.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" type="submit" form={form} disabled={path.trim() === ''}>
            {words.pathDialog.go}
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
        <TextField
          label={words.pathDialog.label}
          value={path}
          placeholder={words.pathDialog.placeholder}
          onText={setPath}
        />
      </form>
    </Dialog>
  )
}
