import { useEffect, useMemo, useState } from 'react'
import { ArrowUpDown, ChevronLeft, Ellipsis, ImageUp, Images, PencilLine, SquareMinus, Trash2 } from 'lucide-react'
import type { Album } from '../../../main/contract/index.ts'
import { useAlbum, useAlbumTiles } from '../../data/albums.ts'
import { useNextPage } from '../../data/next-page.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { usePreferences } from '../../data/preferences.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { AlbumDialog } from '../../components/albums/AlbumDialog.tsx'
import { useAlbumActions } from '../../components/albums/use-album-actions.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuChoices, MenuItem } from '../../components/Menu.tsx'
import { ListSequence } from '../../components/photos/list-sequence.ts'
import { useListSelection } from '../../components/photos/list-selection.ts'
import { PhotoGrid } from '../../components/photos/PhotoGrid.tsx'
import { SelectionBar } from '../../components/photos/SelectionBar.tsx'
import { useEscape } from '../../components/photos/use-escape.ts'
import { levelOf, rowHeights, setLevel } from '../../components/photos/zoom.ts'
import { Problem } from '../../components/Problem.tsx'
import { Slider } from '../../components/Slider.tsx'
import { t } from '../../messages/translate.ts'
import styles from './AlbumScreen.module.css'

const longText = 240
const orders: readonly Album['sortOrder'][] = ['date_asc', 'date_desc', 'manual']

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
  const { rowHeight } = usePreferences()
  const [isEditing, setEditing] = useState(false)
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
  const remove = async (): Promise<void> => {
    if (album && (await albums.remove(album))) onGone()
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
        <div className={styles['about']} inert={isChoosing}>
          <Back href={backHref} />
          <div className={styles['line']}>
            <h1 className={styles['title']}>{album.name}</h1>
            {album.mediaCount > 1 && (
              <Menu
                trigger={
                  <Button kind="quiet" aria-label={`${t('albums.order')}: ${t(`albums.order.${album.sortOrder}`)}`}>
                    <ArrowUpDown size={16} />
                    {t(`albums.order.${album.sortOrder}`)}
                  </Button>
                }
              >
                <MenuChoices
                  value={album.sortOrder}
                  choices={orders.map((value) => ({ value, name: t(`albums.order.${value}`) }))}
                  onChoose={(sortOrder) => void albums.edit(album, { sortOrder })}
                />
              </Menu>
            )}
            {album.mediaCount > 0 && (
              <Slider
                name={t('timeline.zoom')}
                value={levelOf(rowHeight)}
                min={0}
                max={rowHeights.length - 1}
                step={1}
                onValue={setLevel}
              />
            )}
            <Menu
              trigger={
                <IconButton name={t('albums.actions')}>
                  <Ellipsis />
                </IconButton>
              }
            >
              <MenuItem icon={<PencilLine size={16} />} onClick={() => setEditing(true)}>
                {t('albums.edit')}
              </MenuItem>
              <MenuItem icon={<Trash2 size={16} />} onClick={() => void remove()}>
                {t('albums.delete')}
              </MenuItem>
            </Menu>
          </div>
          <p className={styles['facts']}>
            {t('photos', { count: album.mediaCount })}
            {album.sourceFolder !== null && ` · ${t('albums.fromFolder', { path: shortPath(album.sourceFolder) })}`}
          </p>
          {album.description !== null && <Description text={album.description} />}
          {album.sortOrder === 'manual' && album.mediaCount > 1 && (
            <p className={styles['facts']}>{t('albums.handHint')}</p>
          )}
        </div>
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
      {isEditing && <AlbumDialog album={album} onClose={() => setEditing(false)} />}
    </section>
  )
}

/** A long text is cut after some lines until more of it is wanted. */
function Description({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false)
  const isLong = text.length > longText || text.split('\n').length > 3
  const isShort = isLong && !isWhole
  return (
    <>
      <p className={`${styles['description']} ${isShort ? styles['short'] : ''}`}>{text}</p>
      {isShort && (
        <Button kind="quiet" className={styles['more'] ?? ''} onClick={() => setWhole(true)}>
          {t('imports.showMore')}
        </Button>
      )}
    </>
  )
}

function Back({ href }: { readonly href: string }) {
  return (
    <a className={styles['back']} href={href} draggable={false}>
      <ChevronLeft size={14} />
      {t('albums.all')}
    </a>
  )
}
