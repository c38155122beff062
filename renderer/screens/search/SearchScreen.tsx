import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Heart, Image, Search, Video } from 'lucide-react'
import type { MediaType, Tile } from '../../../main/contract/index.ts'
import { useAlbums } from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { useTagNames } from '../../data/media-edits.ts'
import { useSearch } from '../../data/search.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { AlbumCover } from '../../components/albums/AlbumCover.tsx'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { ListSequence } from '../../components/photos/list-sequence.ts'
import { useListSelection } from '../../components/photos/list-selection.ts'
import { PhotoGrid } from '../../components/photos/PhotoGrid.tsx'
import { SelectionBar } from '../../components/photos/SelectionBar.tsx'
import { moveToTrash } from '../../components/photos/trash-action.ts'
import { useEscape } from '../../components/photos/use-escape.ts'
import { Problem } from '../../components/Problem.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import { dayRange } from '../../messages/format.ts'
import { matching } from '../../messages/matching.ts'
import { t } from '../../messages/translate.ts'
import { Filter } from '../../components/Filter.tsx'
import styles from './SearchScreen.module.css'

const nothing: readonly Tile[] = []
/** As many as are looked through at a glance. */
const mostAlbums = 12
const mostTags = 60

/** One field for everything that is known of a photo. */
export function SearchScreen({
  text,
  returnTo,
  hrefOfAlbum,
  onText,
  onView,
}: {
  /** What is looked for; it is kept in the address. */
  readonly text: string
  /** The photo that gets the focus back when the viewer closes. */
  readonly returnTo: string | null
  readonly hrefOfAlbum: (id: string) => string
  readonly onText: (text: string) => void
  readonly onView: (sequence: PhotoSequence, id: string) => void
}) {
  const [type, setType] = useState<MediaType | null>(null)
  const [onlyFavourites, setOnlyFavourites] = useState(false)
  const search = useSearch({ text, type, onlyFavourites })
  const albums = useAlbums()
  const names = useTagNames()
  const isAsking = text.trim() !== '' || type !== null || onlyFavourites
  const tiles = isAsking ? (search.data?.items ?? nothing) : nothing
  const { chosen, actions } = useListSelection(tiles)
  useEscape(chosen.size > 0, actions.clear)
  const [sequence] = useState(() => new ListSequence())
  useEffect(() => sequence.show(tiles, null), [sequence, tiles])
  const field = useRef<HTMLDivElement>(null)
  const filters = useOneStop()
  const stop = useOneStop()

  const look = useCallback(
    (wanted: string): void => {
      actions.clear()
      onText(wanted)
    },
    [actions, onText],
  )
  // Anyone who comes back from the viewer stays with the photo.
  useEffect(() => {
    if (returnTo === null) field.current?.querySelector('input')?.focus()
    // Only when the screen opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      field.current?.querySelector('input')?.select()
    }
    // Before the frame hears it, which would begin again.
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [])

  const found = useMemo(
    () => (text.trim() === '' ? [] : matching(albums.data ?? [], text, (album) => album.name).slice(0, mostAlbums)),
    [albums.data, text],
  )
  const instead = search.data?.instead ?? null
  const isNothing = isAsking && search.isSuccess && !search.isBehind && tiles.length === 0
  return (
    <section className={styles['page']} aria-label={t('search.title')} aria-busy={isAsking && search.isBehind}>
      <div className={styles['head']}>
        <div className={styles['line']} ref={field}>
          <SearchField name={t('search.field')} value={text} onText={look} />
          <div ref={filters} className={styles['filters']} role="group" aria-label={t('search.filters')}>
            <Filter
              name={t('search.photos')}
              icon={<Image size={16} />}
              isOn={type === 'photo'}
              onToggle={() => setType(type === 'photo' ? null : 'photo')}
            />
            <Filter
              name={t('search.videos')}
              icon={<Video size={16} />}
              isOn={type === 'video'}
              onToggle={() => setType(type === 'video' ? null : 'video')}
            />
            <Filter
              name={t('search.favourites')}
              icon={<Heart size={16} />}
              isOn={onlyFavourites}
              onToggle={() => setOnlyFavourites(!onlyFavourites)}
            />
          </div>
        </div>
        <p className={styles['facts']} role="status">
          {isAsking && search.data && !isNothing && factsLine(search.data)}
        </p>
        {chosen.size > 0 && (
          <div className={styles['choosing']}>
            <SelectionBar chosen={chosen} onClear={actions.clear} />
          </div>
        )}
      </div>
      {search.isError && <Problem sentence={sentenceOf(search.error)} onRetry={() => void search.refetch()} />}
      {found.length > 0 && (
        <ul ref={stop} className={styles['albums']} aria-label={t('nav.albums')}>
          {found.map((album) => (
            <li key={album.id}>
              <a className={styles['album']} href={hrefOfAlbum(album.id)} draggable={false}>
                <span className={styles['cover']}>
                  <AlbumCover album={album} signSize={20} />
                </span>
                <span className={styles['albumName']}>{album.name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {!isAsking && <Suggestions names={names.data ?? []} onChoose={look} />}
      {isNothing && found.length === 0 && (
        <Empty
          icon={<Search size={40} strokeWidth={1.25} />}
          title={t('search.nothing')}
          actions={
            instead !== null && <Button onClick={() => look(instead)}>{t('search.instead', { words: instead })}</Button>
          }
        >
          {t('search.nothingLead')}
        </Empty>
      )}
      {tiles.length > 0 && (
        <PhotoGrid
          name={t('search.found')}
          tiles={tiles}
          chosen={chosen}
          actions={actions}
          returnTo={returnTo}
          onOpen={(id) => onView(sequence, id)}
          onDelete={() => void moveToTrash([...chosen.keys()], actions.clear)}
        />
      )}
    </section>
  )
}

/** What can be looked for, before anybody types: the words there are. */
function Suggestions({
  names,
  onChoose,
}: {
  readonly names: readonly string[]
  readonly onChoose: (name: string) => void
}) {
  const stop = useOneStop()
  return (
    <div className={styles['before']}>
      <p className={styles['lead']}>{t('search.lead')}</p>
      {names.length > 0 && (
        <>
          <h2 className={styles['heading']}>{t('search.tags')}</h2>
          <div ref={stop} className={styles['tags']}>
            {names.slice(0, mostTags).map((name) => (
              <button key={name} type="button" className={styles['tag']} onClick={() => onChoose(name)}>
                {name}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  )
}

function factsLine({
  items,
  hasMore,
  from,
  to,
}: {
  readonly items: readonly Tile[]
  readonly hasMore: boolean
  readonly from: string | null
  readonly to: string | null
}): string {
  const count = t(hasMore ? 'search.more' : 'photos', { count: items.length })
  return from === null || to === null ? count : `${count} · ${dayRange(from, to)}`
}
