import { useRef } from 'react'
import { Copy, ExternalLink, Heart, Info, Pause, Play, RotateCw, Trash2, X } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { ActionBar, type Action } from '../../components/ActionBar.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { usePhotoDialogs } from '../../components/photos/photo-actions.tsx'
import { t } from '../../messages/translate.ts'
import type { ViewerAction } from './viewer-command.ts'
import styles from './ViewerActions.module.css'

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
  const bar = useRef<HTMLDivElement>(null)
  const { actions, dialog } = usePhotoDialogs(bar, [media.id])
  const isPicture = media.hasThumbnail && media.mediaType === 'photo'
  const act = (what: ViewerAction) => (): void => onAction(what)
  const ofPicture: readonly Action[] = [
    { name: t('viewer.rotate'), icon: <RotateCw />, shortcut: 'R', run: act('rotate') },
    { name: t('viewer.copy'), icon: <Copy />, run: act('copy') },
  ]
  return (
    <div ref={bar} className={styles['bar']}>
      <ActionBar
        label={t('viewer.actions')}
        actions={[
          {
            name: t('viewer.favourite'),
            icon: <Heart fill={media.isFavorite ? 'currentColor' : 'none'} />,
            shortcut: 'F',
            stays: true,
            isOn: media.isFavorite,
            run: act('favourite'),
          },
          actions.album,
          actions.tags,
          ...(isPicture ? ofPicture : []),
          {
            name: t(isPlaying ? 'viewer.pause' : 'viewer.play'),
            icon: isPlaying ? <Pause /> : <Play />,
            shortcut: 'S',
            run: act('play'),
          },
          { name: t('viewer.openOriginal'), icon: <ExternalLink />, shortcut: 'O', run: act('open') },
          { name: t('trash.move'), icon: <Trash2 />, shortcut: 'Del', stays: true, run: act('trash') },
          { name: t('viewer.info'), icon: <Info />, shortcut: 'I', stays: true, isOn: showsInfo, run: act('info') },
        ]}
      >
        <IconButton name={t('viewer.back')} shortcut="Esc" onClick={act('close')}>
          <X />
        </IconButton>
        <span className={styles['name']}>{media.filename}</span>
      </ActionBar>
      {dialog}
    </div>
  )
}
