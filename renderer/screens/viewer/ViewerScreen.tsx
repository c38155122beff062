import { useCallback, useEffect, useRef, useState } from 'react'
import { ChevronLeft, ChevronRight, FileIcon, X } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { pictureUrl, useEditMedia, useMedia } from '../../data/media.ts'
import { spotOf, useAround, type PhotoSequence } from '../../data/sequence.ts'
import { undated, type TimelineSpot } from '../../data/timeline.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { notify } from '../../components/notices.ts'
import { moveToTrash } from '../../components/photos/trash-action.ts'
import { notifyDone, remember, taking } from '../../components/undo.ts'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { copyPicture } from './copy-picture.ts'
import { openOriginal } from './open-original.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { growFromTile, shrinkToTile } from './grow.ts'
import { InfoPanel } from './InfoPanel.tsx'
import { isForTyping } from './is-for-typing.ts'
import { Picture } from './Picture.tsx'
import { Recording } from './Recording.tsx'
import { useStillness } from './use-stillness.ts'
import { ViewerActions, type ViewerAction } from './ViewerActions.tsx'
import styles from './ViewerScreen.module.css'

const slideMs = 4000

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
  const [spot, setSpot] = useState(first)
  const [showsInfo, setShowsInfo] = useState(false)
  const [isPlaying, setPlaying] = useState(false)
  const [turns, setTurns] = useState(0)
  const [isDating, setDating] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const media = useMedia(spot.id)
  const edit = useEditMedia()
  const around = useAround(sequence, spot)
  const isStill = useStillness()
  const at = around.findIndex(({ tile }) => tile.id === spot.id)
  const item = media.data
  // A date that was changed moves the photo to another day; a list that knows no days is not concerned.
  const day = item?.takenLocal?.slice(0, 10) ?? undated
  if (item?.id === spot.id && spot.day !== '' && spot.day !== day) setSpot({ day, id: spot.id })

  const goTo = useCallback((to: TimelineSpot) => {
    setTurns(0)
    setDating(false)
    setSpot(to)
  }, [])
  const move = useCallback(
    async (step: 1 | -1): Promise<boolean> => {
      const next = await sequence.beside(spot, step)
      if (next) goTo(spotOf(next))
      return next !== null
    },
    [sequence, spot, goTo],
  )

  // Neighbours are fetched ahead, so that an arrow shows them at once.
  useEffect(() => {
    for (const step of [1, -1]) {
      const tile = around[at + step]?.tile
      if (at >= 0 && tile?.hasThumbnail) new Image().src = pictureUrl(tile.id, 'viewer')
    }
  }, [around, at])

  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => void move(1).then((moved) => !moved && setPlaying(false)), slideMs)
    return () => clearTimeout(timer)
  }, [isPlaying, move])

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
    else if (action === 'favourite' && item) favour(item)
    else if (action === 'trash') void trash()
    else if (action === 'open') void openOriginal(spot.id)
    else if (action === 'copy')
      void copyPicture(spot.id).then(
        () => notify(t('viewer.pictureCopied')),
        () => notify(t('viewer.copyFailed')),
      )
  }
  const failed = (error: unknown): void => void notify(sentenceOf(error))
  const rate = ({ id, rating }: Media, stars: number): void => {
    const set = (to: number | null) => (): Promise<unknown> => edit.mutateAsync({ id, edit: { rating: to } })
    const forth = set(stars === 0 ? null : stars)
    forth().then(() => notifyDone(t('viewer.rated', { stars }), t('viewer.rating'), taking(set(rating), forth)), failed)
  }
  /** It shows on its button, so nothing is said. */
  const favour = ({ id, isFavorite }: Media): void => {
    const set = (to: boolean) => (): Promise<unknown> => edit.mutateAsync({ id, edit: { isFavorite: to } })
    const forth = set(!isFavorite)
    forth().then(() => void remember(t('viewer.favourite'), taking(set(isFavorite), forth)), failed)
  }
  const keys: Readonly<Record<string, ViewerAction>> = {
    i: 'info',
    r: 'rotate',
    s: 'play',
    f: 'favourite',
    o: 'open',
    Delete: 'trash',
    Escape: 'close',
  }

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Node) || !(root.current?.contains(target) || target === document.body)) return
      if (isForTyping(target)) return
      // A video keeps its own arrows while it has the focus.
      const isInVideo = target instanceof HTMLMediaElement
      const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (event.key === 'ArrowLeft' && !isInVideo) void move(-1)
      else if (event.key === 'ArrowRight' && !isInVideo) void move(1)
      else if (/^[0-5]$/.test(event.key) && item) rate(item, Number(event.key))
      else if (event.key.toLowerCase() === 'e' && item) {
        setShowsInfo(true)
        setDating(true)
      } else if (action === 'close' && isPlaying) setPlaying(false)
      else if (action) run(action)
      else return
      event.preventDefault()
    }
    // Before anything else hears it: a tooltip would keep Esc to itself.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
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
        {at > 0 && (
          <button
            type="button"
            className={`${styles['turn']} ${styles['before']}`}
            aria-label={t('viewer.previous')}
            onClick={() => void move(-1)}
          >
            <ChevronLeft size={24} />
          </button>
        )}
        {at >= 0 && at < around.length - 1 && (
          <button
            type="button"
            className={`${styles['turn']} ${styles['after']}`}
            aria-label={t('viewer.next')}
            onClick={() => void move(1)}
          >
            <ChevronRight size={24} />
          </button>
        )}
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

function whyNoPicture({ processingStatus }: Media): 'viewer.damaged' | 'viewer.notReadYet' | 'viewer.noPicture' {
  if (processingStatus === 'failed') return 'viewer.damaged'
  return processingStatus === 'pending' ? 'viewer.notReadYet' : 'viewer.noPicture'
}

function Shown({
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
