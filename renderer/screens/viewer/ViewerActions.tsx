import { Copy, ExternalLink, Heart, Info, Pause, Play, RotateCw, Tag, Trash2 } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { AddToAlbum } from '../../parts/albums/AddToAlbum.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { DialogAction } from '../../parts/photos/DialogAction.tsx'
import { TagDialog } from '../../parts/photos/edit/TagDialog.tsx'
import { say } from '../../words/say.ts'
import styles from './ViewerActions.module.css'

export type ViewerAction = 'close' | 'info' | 'rotate' | 'play' | 'favourite' | 'trash' | 'copy' | 'open'

/** What can be done with the photo that is shown. */
export function ViewerActions({
  media,
  showsInfo,
  isPlaying,
  onAction,
}: {
  readonly media: Media
  readonly showsInfo: boolean
  readonly isPlaying: boolean
  readonly onAction: (action: ViewerAction) => void
}) {
  const isPicture = media.hasThumbnail && media.mediaType === 'photo'
  return (
    <div className={styles['actions']}>
      <IconButton
        name={say('viewer.favourite')}
        shortcut="F"
        aria-pressed={media.isFavorite}
        onClick={() => onAction('favourite')}
      >
        <Heart fill={media.isFavorite ? 'currentColor' : 'none'} />
      </IconButton>
      <AddToAlbum mediaIds={[media.id]} isIcon />
      <DialogAction
        name={say('tags.edit')}
        icon={<Tag />}
        letter="t"
        isIcon
        renderDialog={(close) => <TagDialog ids={[media.id]} onClose={close} />}
      />
      {isPicture && (
        <>
          <IconButton name={say('viewer.rotate')} shortcut="R" onClick={() => onAction('rotate')}>
            <RotateCw />
          </IconButton>
          <IconButton name={say('viewer.copy')} onClick={() => onAction('copy')}>
            <Copy />
          </IconButton>
        </>
      )}
      <IconButton name={say(isPlaying ? 'viewer.pause' : 'viewer.play')} shortcut="S" onClick={() => onAction('play')}>
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <IconButton name={say('viewer.openOriginal')} shortcut="O" onClick={() => onAction('open')}>
        <ExternalLink />
      </IconButton>
      <IconButton name={say('trash.move')} shortcut="Del" onClick={() => onAction('trash')}>
        <Trash2 />
      </IconButton>
      <IconButton name={say('viewer.info')} shortcut="I" aria-pressed={showsInfo} onClick={() => onAction('info')}>
        <Info />
      </IconButton>
    </div>
  )
}
