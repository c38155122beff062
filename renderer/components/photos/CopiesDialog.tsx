import { useId, useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { useExports, useStartExport } from '../../data/exports.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { ExportEnded, ExportRunning } from '../ExportState.tsx'
import { FolderField, folderOf } from '../FolderField.tsx'
import { Problem } from '../Problem.tsx'

/** Copies of the chosen originals for somebody or something else. It goes on when the dialog is closed. */
export function CopiesDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const [path, setPath] = useState('')
  const start = useStartExport()
  const exports = useExports()
  const form = useId()
  const started = exports.data?.find((each) => each.id === start.data?.id) ?? start.data
  const isReady = path.trim() !== '' && !start.isPending
  return (
    <Dialog
      title={t('copies.title', { count: ids.length })}
      onClose={onClose}
      actions={
        started ? (
          <Button kind="primary" onClick={onClose}>
            {t('close')}
          </Button>
        ) : (
          <>
            <CancelButton />
            <Button kind="primary" type="submit" form={form} disabled={!isReady}>
              {t('copies.start')}
            </Button>
          </>
        )
      }
    >
      {started ? (
        started.status === 'running' ? (
          <ExportRunning now={started} />
        ) : (
          <ExportEnded each={started} />
        )
      ) : (
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) start.mutate({ path: folderOf(path), ids: [...ids] })
          }}
        >
          <FolderField label={t('copies.to')} path={path} onPath={setPath} />
        </form>
      )}
      {!started && <p>{t('copies.lead')}</p>}
      {start.isError && <Problem sentence={sentenceOf(start.error)} />}
    </Dialog>
  )
}
