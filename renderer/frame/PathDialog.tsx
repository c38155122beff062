import { useId, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { CancelButton, Dialog } from '../components/Dialog.tsx'
import { TextField } from '../components/TextField.tsx'
import { t } from '../messages/translate.ts'

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
      title={t('path.title')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={path.trim() === ''}>
            {t('path.go')}
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
        <TextField label={t('path.label')} value={path} placeholder={t('path.placeholder')} onText={setPath} />
      </form>
    </Dialog>
  )
}
