import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useUnwatchFolder } from '../../data/watched-folders.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { notify } from '../notices.ts'
import { Problem } from '../Problem.tsx'

/** Says what stays before it stops watching. */
export function UnwatchDialog({ folder, onClose }: { readonly folder: WatchedFolder; readonly onClose: () => void }) {
  const unwatch = useUnwatchFolder()
  const name = nameOfPath(folder.path)
  const stop = (): void =>
    unwatch.mutate(folder.id, {
      onSuccess: () => {
        onClose()
        notify(t('watch.stopped', { name }))
      },
    })
  return (
    <Dialog
      title={t('watch.stopTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" disabled={unwatch.isPending} onClick={stop}>
            {t('watch.stopConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('watch.stopLead', { count: folder.files })}</p>
      {unwatch.isError && <Problem sentence={sentenceOf(unwatch.error)} />}
    </Dialog>
  )
}
