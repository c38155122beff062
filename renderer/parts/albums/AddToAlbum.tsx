import { FolderPlus } from 'lucide-react'
import { say } from '../../words/say.ts'
import { DialogAction } from '../photos/DialogAction.tsx'
import { AddToAlbumDialog } from './AddToAlbumDialog.tsx'

/** The way from photos to an album. */
export function AddToAlbum({
  mediaIds,
  isIcon = false,
  onDone,
}: {
  readonly mediaIds: readonly string[]
  readonly isIcon?: boolean
  readonly onDone?: () => void
}) {
  return (
    <DialogAction
      name={say('albums.add')}
      icon={<FolderPlus size={isIcon ? 20 : 16} />}
      letter="a"
      isIcon={isIcon}
      renderDialog={(close) => <AddToAlbumDialog mediaIds={mediaIds} onClose={close} onDone={() => onDone?.()} />}
    />
  )
}
