import { useId, useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { fullPath, shortPath } from '../../data/home-path.ts'
import { useWatchFolder } from '../../data/watched-folders.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { Check } from '../Check.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { KeepChoice } from '../KeepChoice.tsx'
import { notify } from '../notices.ts'
import { Problem } from '../Problem.tsx'
import { TextArea } from '../TextArea.tsx'
import { TextField } from '../TextField.tsx'
import { linesOf } from './lines.ts'

/** Which folder to watch, and how. */
export function WatchFolderDialog({ onClose }: { readonly onClose: () => void }) {
  const [path, setPath] = useState('')
  const [reference, setReference] = useState(false)
  const [albumPerFolder, setAlbumPerFolder] = useState(false)
  const [ignore, setIgnore] = useState('')
  const watch = useWatchFolder()
  const form = useId()
  const choose = async (): Promise<void> => {
    const chosen = await window.coffer?.pickFolder()
    if (chosen) setPath(shortPath(chosen))
  }
  const start = (): void => {
    if (path.trim() === '' || watch.isPending) return
    watch.mutate(
      { path: fullPath(path.trim()), reference, albumPerFolder, ignore: linesOf(ignore) },
      {
        onSuccess: (folder) => {
          onClose()
          notify(t('watch.started', { name: nameOfPath(folder.path) }))
        },
      },
    )
  }
  return (
    <Dialog
      title={t('watch.addTitle')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={path.trim() === '' || watch.isPending}>
            {t('watch.start')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <TextField
          label={t('welcome.folder')}
          value={path}
          placeholder={t('path.placeholder')}
          onText={setPath}
          beside={window.coffer && <Button onClick={() => void choose()}>{t('welcome.choose')}</Button>}
        />
        {watch.isError && <Problem sentence={sentenceOf(watch.error)} />}
        <KeepChoice isReference={reference} onChange={setReference} />
        <Check isOn={albumPerFolder} onChange={setAlbumPerFolder}>
          {t('watch.albums')}
        </Check>
        <TextArea label={t('watch.ignore')} hint={t('watch.ignoreHint')} rows={2} value={ignore} onText={setIgnore} />
      </form>
    </Dialog>
  )
}
