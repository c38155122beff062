import { useState } from 'react'
import { ArrowUpDown, ChevronLeft, Ellipsis, PencilLine, Trash2 } from 'lucide-react'
import type { Album } from '../../../main/contract/index.ts'
import { shortPath } from '../../data/home-path.ts'
import { usePreferences } from '../../data/preferences.ts'
import { AlbumDialog } from '../../components/albums/AlbumDialog.tsx'
import { useAlbumActions } from '../../components/albums/use-album-actions.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuChoices, MenuItem } from '../../components/Menu.tsx'
import { levelOf, rowHeights, setLevel } from '../../components/photos/zoom.ts'
import { Slider } from '../../components/Slider.tsx'
import { t } from '../../messages/translate.ts'
import styles from './AlbumScreen.module.css'

const longText = 240
const orders: readonly Album['sortOrder'][] = ['date_asc', 'date_desc', 'manual']

/** The name of an album, what is said of it, and what can be done with it as a whole. */
export function AlbumHead({
  album,
  backHref,
  isInert,
  onGone,
}: {
  readonly album: Album
  readonly backHref: string
  /** Something else lies over it. */
  readonly isInert: boolean
  /** The album was deleted. */
  readonly onGone: () => void
}) {
  const albums = useAlbumActions()
  const { rowHeight } = usePreferences()
  const [isEditing, setEditing] = useState(false)
  const remove = async (): Promise<void> => {
    if (await albums.remove(album)) onGone()
  }
  return (
    <>
      <div className={styles['about']} inert={isInert}>
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
      {isEditing && <AlbumDialog album={album} onClose={() => setEditing(false)} />}
    </>
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

/** The way back to all albums. */
export function Back({ href }: { readonly href: string }) {
  return (
    <a className={styles['back']} href={href} draggable={false}>
      <ChevronLeft size={14} />
      {t('albums.all')}
    </a>
  )
}
