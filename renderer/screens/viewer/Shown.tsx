import { FileIcon } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { t } from '../../messages/translate.ts'
import { Picture } from './Picture.tsx'
import { Recording } from './Recording.tsx'
import styles from './Shown.module.css'

/** A picture, a recording, or why there is none. */
export function Shown({
  media,
  turns,
  onSwipe,
}: {
  readonly media: Media
  readonly turns: number
  readonly onSwipe: (step: 1 | -1) => void
}) {
  if (media.mediaType === 'video' || media.mediaType === 'audio') return <Recording media={media} />
  if (media.hasThumbnail) return <Picture media={media} turns={turns} onSwipe={onSwipe} />
  return (
    <div className={styles['none']}>
      <FileIcon size={48} strokeWidth={1.25} />
      <p>{t(whyNoPicture(media))}</p>
    </div>
  )
}

function whyNoPicture({ processingStatus }: Media): 'viewer.damaged' | 'viewer.notReadYet' | 'viewer.noPicture' {
  if (processingStatus === 'failed') return 'viewer.damaged'
  return processingStatus === 'pending' ? 'viewer.notReadYet' : 'viewer.noPicture'
}
