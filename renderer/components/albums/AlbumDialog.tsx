import { useId, useState } from 'react'
import type { Album } from '../../../main/contract/index.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { TextArea } from '../TextArea.tsx'
import { TextField } from '../TextField.tsx'
import { useAlbumActions } from './use-album-actions.ts'

/** Makes an album, with photos in it or empty, or changes the name and description of one. */
export function AlbumDialog({
  album = null,
  mediaIds = [],
  onClose,
  onDone,
}: {
  readonly album?: Album | null
  readonly mediaIds?: readonly string[]
  readonly onClose: () => void
  readonly onDone?: (album: Album) => void
}) {
  const [name, setName] = useState(album?.name ?? '')
  const [description, setDescription] = useState(album?.description ?? '')
  const [isBusy, setBusy] = useState(false)
  const { create, edit } = useAlbumActions()
  const form = useId()
  const save = async (): Promise<void> => {
    if (name.trim() === '' || isBusy) return
    setBusy(true)
    const input = { name: name.trim(), description: description.trim() || null }
    const done = await (album ? edit(album, input) : create({ ...input, mediaIds: [...mediaIds] }))
    setBusy(false)
    if (!done) return
    onClose()
    onDone?.(done)
  }
  return (
    <Dialog
      title={album ? t('albums.editTitle') : t('albums.new')}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={isBusy || name.trim() === ''}>
            {album ? t('albums.save') : t('albums.create')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label={t('albums.name')}
          value={name}
          maxLength={200}
          placeholder={t('albums.namePlaceholder')}
          onText={setName}
        />
        <TextArea label={t('albums.description')} value={description} onText={setDescription} />
      </form>
    </Dialog>
  )
}
