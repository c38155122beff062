import { useState } from 'react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useEditWatchedFolder } from '../../engine/watched-folders.ts'
import { nameOfPath } from '../../words/path-name.ts'
import { say } from '../../words/say.ts'
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
      title={say('watch.editTitle', { name: nameOfPath(folder.path) })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" disabled={edit.isPending} onClick={save}>
            {say('albums.save')}
          </Button>
        </>
      }
    >
      <TextArea label={say('watch.ignore')} hint={say('watch.ignoreHint')} rows={4} value={ignore} onText={setIgnore} />
      <Check isOn={albumPerFolder} onChange={setAlbumPerFolder}>
        {say('watch.albums')}
      </Check>
      {edit.isError && <Problem sentence={sentenceOf(edit.error)} />}
    </Dialog>
  )
}
