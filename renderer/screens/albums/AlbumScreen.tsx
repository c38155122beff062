import { useEffect, useMemo, useState } from 'react'
import { ImageUp, Images, SquareMinus } from 'lucide-react'
import { useAlbum, useAlbumTiles } from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { useNextPage } from '../../data/next-page.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { useAlbumActions } from '../../components/albums/use-album-actions.ts'
import { Empty } from '../../components/Empty.tsx'
import { useListSelection } from '../../components/photos/list-selection.ts'
import { ListSequence } from '../../components/photos/list-sequence.ts'
import { PhotoGrid } from '../../components/photos/PhotoGrid.tsx'
import { SelectionBar } from '../../components/photos/SelectionBar.tsx'
import { useEscape } from '../../components/photos/use-escape.ts'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { AlbumHead, Back } from './AlbumHead.tsx'
import styles from './AlbumScreen.module.css'

/** The photos of one album, in its order. */
export function AlbumScreen({
  id,
  backHref,
  timelineHref,
  returnTo,
  onView,
  onGone,
}: {
  readonly id: string
  readonly backHref: string
  readonly timelineHref: string
  /** The photo that gets the focus back when the viewer closes. */
  readonly returnTo: string | null
  readonly onView: (sequence: PhotoSequence, id: string) => void
  /** The album was deleted. */
  readonly onGone: () => void
}) {
  const found = useAlbum(id)
  const photos = useAlbumTiles(id)
  const { tiles, hasNextPage } = photos
  const { chosen, actions: selection } = useListSelection(tiles)
  useEscape(chosen.size > 0, selection.clear)
  const albums = useAlbumActions()
  const [sequence] = useState(() => new ListSequence())
  const album = found.data
  const ids = useMemo(() => [...chosen.keys()], [chosen])
  const isChoosing = chosen.size > 0

  const more = useNextPage(photos)
  useEffect(() => sequence.show(tiles, hasNextPage ? more : null), [sequence, tiles, hasNextPage, more])
  // Photos that are in the album no more are chosen no more.
  useEffect(() => {
    const present = new Set(tiles.map((tile) => tile.id))
    const left = [...chosen].filter(([each]) => present.has(each))
    if (left.length < chosen.size) selection.replace(new Map(left))
  }, [tiles, chosen, selection])

  const takeOut = async (): Promise<void> => {
    const order = tiles.map((tile) => tile.id)
    if (album && (await albums.takeOut(album, ids, order))) selection.clear()
  }

  if (found.isError || album?.deletedAt) {
    return (
      <div className={styles['problem']}>
        <Back href={backHref} />
        <Problem sentence={found.isError ? sentenceOf(found.error) : t('albums.none')} />
      </div>
    )
  }
  if (!album) return null
  return (
    <section
      className={styles['page']}
      aria-label={album.name}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isChoosing && event.currentTarget.contains(event.target as Node))
          selection.clear()
      }}
    >
      <div className={styles['head']} data-choosing={isChoosing}>
        {isChoosing && (
          <div className={styles['choosing']}>
            <SelectionBar
              chosen={chosen}
              onClear={selection.clear}
              more={[
                {
                  name: t('albums.takeOut'),
                  icon: <SquareMinus />,
                  isNamed: true,
                  run: () => void takeOut(),
                },
                ...(ids.length === 1
                  ? [
                      {
                        name: t('albums.useAsCover'),
                        icon: <ImageUp />,
                        run: () => void albums.chooseCover(album, ids[0] ?? '').then(selection.clear),
                      },
                    ]
                  : []),
              ]}
            />
          </div>
        )}
        <AlbumHead album={album} backHref={backHref} isInert={isChoosing} onGone={onGone} />
      </div>
      {photos.isError && <Problem sentence={sentenceOf(photos.error)} onRetry={() => void photos.refetch()} />}
      {album.mediaCount === 0 && photos.data ? (
        <Empty
          icon={<Images size={40} strokeWidth={1.25} />}
          title={t('albums.nothingIn')}
          actions={
            <a className={styles['way']} href={timelineHref}>
              {t('albums.toTimeline')}
            </a>
          }
        >
          {t('albums.nothingInLead')}
        </Empty>
      ) : (
        <PhotoGrid
          name={t('albums.photosOf', { name: album.name })}
          tiles={tiles}
          chosen={chosen}
          actions={selection}
          returnTo={returnTo}
          onOpen={(each) => onView(sequence, each)}
          onDelete={() => void takeOut()}
          onEnd={more}
          {...(album.sortOrder === 'manual' && {
            onMove: (moved: readonly string[], before: string | null) =>
              void albums.move(
                album,
                { ids: [...moved], before },
                tiles.map((tile) => tile.id),
              ),
          })}
        />
      )}
    </section>
  )
}
