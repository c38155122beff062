import { useState } from 'react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditWatchedFolder } from '../../data/watched-folders.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { Check } from '../Check.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { Problem } from '../Problem.tsx'
import { TextArea } from '../TextArea.tsx'
import { linesOf } from './lines.ts'

/** What a watched folder leaves out, and whether its folders become albums, from now on. */
export function PassOverDialog({ folder, onClose }: { readonly folder: WatchedFolder; readonly onClose: () => void }) {
  const [ignore, setIgnore] = useState(folder.ignore.join('\n'))
  const [albumPerFolder, setAlbumPerFolder] = useState(folder.albumPerFolder)
  const edit = useEditWatchedFolder()
  const save = (): void =>
    edit.mutate({ id: folder.id, edit: { ignore: linesOf(ignore), albumPerFolder } }, { onSuccess: onClose })
  return (
    <Dialog
      title={t('watch.editTitle', { name: nameOfPath(folder.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" disabled={edit.isPending} onClick={save}>
            {t('albums.save')}
          </Button>
        </>
      }
    >
      <TextArea label={t('watch.ignore')} hint={t('watch.ignoreHint')} rows={4} value={ignore} onText={setIgnore} />
      <Check isOn={albumPerFolder} onChange={setAlbumPerFolder}>
        {t('watch.albums')}
      </Check>
      {edit.isError && <Problem sentence={sentenceOf(edit.error)} />}
    </Dialog>
  )
}
