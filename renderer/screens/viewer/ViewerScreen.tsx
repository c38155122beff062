import { useCallback, useEffect, useRef, useState } from 'react'
import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { sentenceOf } from '../../data/client.ts'
import { spotOf, type PhotoSequence } from '../../data/sequence.ts'
import type { TimelineSpot } from '../../data/timeline.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { notify } from '../../components/notices.ts'
import { moveToTrash } from '../../components/photos/trash-action.ts'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { copyPicture } from './copy-picture.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { growFromTile, shrinkToTile } from './grow.ts'
import { InfoPanel } from './InfoPanel.tsx'
import { openOriginal } from './open-original.ts'
import { Shown } from './Shown.tsx'
import { useMarks } from './use-marks.ts'
import { useSlideshow } from './use-slideshow.ts'
import { useStillness } from './use-stillness.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import { useWalk } from './use-walk.ts'
import type { ViewerAction } from './viewer-command.ts'
import { ViewerActions } from './ViewerActions.tsx'
import styles from './ViewerScreen.module.css'

/** One photo, large. Arrows walk on through the sequence it was opened from, Esc goes back to where it lies there. */
export function ViewerScreen({
  sequence,
  first,
  onClose,
  hrefOfImport,
  hrefOfAlbum,
  hrefOfSearch,
}: {
  readonly sequence: PhotoSequence
  readonly first: TimelineSpot
  readonly onClose: (last: TimelineSpot) => void
  readonly hrefOfImport: (id: string) => string
  readonly hrefOfAlbum: (id: string) => string
  readonly hrefOfSearch: (text: string) => string
}) {
  const [showsInfo, setShowsInfo] = useState(false)
  const [turns, setTurns] = useState(0)
  const [isDating, setDating] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const startOver = useCallback(() => {
    setTurns(0)
    setDating(false)
  }, [])
  const { spot, media, around, at, goTo, move } = useWalk(sequence, first, startOver)
  const [isPlaying, setPlaying] = useSlideshow(move)
  const marks = useMarks()
  const isStill = useStillness()
  const item = media.data

  useEffect(() => {
    root.current?.focus()
    if (stage.current) growFromTile(stage.current, first.id)
    // Only when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const trash = async (): Promise<void> => {
    const next = (await sequence.beside(spot, 1)) ?? (await sequence.beside(spot, -1))
    await moveToTrash([spot.id], () => {
      if (next) goTo(spotOf(next))
      else onClose(spot)
    })
  }
  const run = (action: ViewerAction): void => {
    if (action === 'close') {
      if (stage.current) shrinkToTile(stage.current, spot.id)
      onClose(spot)
    } else if (action === 'info') setShowsInfo(!showsInfo)
    else if (action === 'rotate') setTurns(turns + 1)
    else if (action === 'play') setPlaying(!isPlaying)
    else if (action === 'favourite' && item) marks.favour(item)
    else if (action === 'trash') void trash()
    else if (action === 'open') void openOriginal(spot.id)
    else if (action === 'copy')
      void copyPicture(spot.id).then(
        () => notify(t('viewer.pictureCopied')),
        () => notify(t('viewer.copyFailed')),
      )
  }
  useViewerKeys(root, (command) => {
    if (command.kind === 'move') void move(command.step)
    else if (command.kind === 'act') {
      if (command.action === 'close' && isPlaying) setPlaying(false)
      else run(command.action)
    } else if (!item) return false
    else if (command.kind === 'rate') marks.rate(item, command.stars)
    else {
      setShowsInfo(true)
      setDating(true)
    }
    return true
  })

  return (
    <div
      ref={root}
      className={styles['viewer']}
      data-info={showsInfo}
      data-still={isStill && !showsInfo}
      role="dialog"
      aria-modal="true"
      aria-label={t('viewer.label', { filename: item?.filename ?? '' })}
      tabIndex={-1}
    >
      <header className={styles['bar']}>
        {item ? (
          <ViewerActions media={item} showsInfo={showsInfo} isPlaying={isPlaying} onAction={run} />
        ) : (
          <IconButton name={t('viewer.back')} shortcut="Esc" onClick={() => run('close')}>
            <X />
          </IconButton>
        )}
      </header>
      <div ref={stage} className={styles['stage']}>
        {media.isError && <Problem sentence={sentenceOf(media.error)} onRetry={() => void media.refetch()} />}
        {item && <Shown key={item.id} media={item} turns={turns} onSwipe={(step) => void move(step)} />}
        {at > 0 && <TurnButton step={-1} onTurn={(step) => void move(step)} />}
        {at >= 0 && at < around.length - 1 && <TurnButton step={1} onTurn={(step) => void move(step)} />}
      </div>
      {around.length > 1 && !isPlaying && (
        <div className={styles['strip']}>
          <Filmstrip around={around} current={spot.id} onGo={(to) => goTo(spotOf(to))} />
        </div>
      )}
      {showsInfo && item && (
        <InfoPanel
          key={item.id}
          media={item}
          isDating={isDating}
          onDating={setDating}
          hrefOfImport={hrefOfImport}
          hrefOfAlbum={hrefOfAlbum}
          hrefOfSearch={hrefOfSearch}
        />
      )}
    </div>
  )
}

/** At the edge, to the photo before or after. */
function TurnButton({ step, onTurn }: { readonly step: 1 | -1; readonly onTurn: (step: 1 | -1) => void }) {
  return (
    <button
      type="button"
      className={`${styles['turn']} ${styles[step === 1 ? 'after' : 'before']}`}
      aria-label={t(step === 1 ? 'viewer.next' : 'viewer.previous')}
      onClick={() => onTurn(step)}
    >
      {step === 1 ? <ChevronRight size={24} /> : <ChevronLeft size={24} />}
    </button>
  )
}
