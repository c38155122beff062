import { useState } from 'react'
import { ArrowUpDown, Images, Plus } from 'lucide-react'
import type { Album } from '../../../main/contract/index.ts'
import { useAlbums } from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { setPreferences, usePreferences, type Preferences } from '../../data/preferences.ts'
import { AlbumCover } from '../../components/albums/AlbumCover.tsx'
import { AlbumDialog } from '../../components/albums/AlbumDialog.tsx'
import { matching } from '../../messages/matching.ts'
import { useAlbumActions } from '../../components/albums/use-album-actions.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Menu, MenuChoices } from '../../components/Menu.tsx'
import { Problem } from '../../components/Problem.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { SearchField } from '../../components/SearchField.tsx'
import { t } from '../../messages/translate.ts'
import { TrashedAlbums } from './TrashedAlbums.tsx'
import styles from './AlbumsScreen.module.css'

/** With more albums than this the eye needs help. */
const manyAlbums = 8

const sorts: Readonly<Record<Preferences['albumSort'], (one: Album, other: Album) => number>> = {
  name: () => 0,
  changed: (one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt),
  made: (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt),
}

export function AlbumsScreen({
  hrefOf,
  onOpen,
}: {
  readonly hrefOf: (id: string) => string
  readonly onOpen: (id: string) => void
}) {
  const albums = useAlbums()
  const trashed = useAlbums('trashed')
  const { albumSort } = usePreferences()
  const { remove } = useAlbumActions()
  const [text, setText] = useState('')
  const [isMaking, setMaking] = useState(false)
  const [showsTrashed, setShowsTrashed] = useState(false)
  const all = albums.data ?? []
  const shown = matching(all, text, (album) => album.name).toSorted(sorts[albumSort])
  const stop = useOneStop()
  return (
    <section className={styles['page']} aria-label={t('nav.albums')}>
      <header className={styles['header']}>
        <h1 className={styles['title']}>{t('nav.albums')}</h1>
        {all.length > manyAlbums && (
          <div className={styles['search']}>
            <SearchField name={t('albums.search')} value={text} onText={setText} />
          </div>
        )}
        {all.length > 1 && (
          <Menu
            trigger={
              <Button kind="quiet" aria-label={`${t('albums.sort')}: ${t(`albums.sort.${albumSort}`)}`}>
                <ArrowUpDown size={16} />
                {t(`albums.sort.${albumSort}`)}
              </Button>
            }
          >
            <MenuChoices
              value={albumSort}
              choices={[
                { value: 'name', name: t('albums.sort.name') },
                { value: 'changed', name: t('albums.sort.changed') },
                { value: 'made', name: t('albums.sort.made') },
              ]}
              onChoose={(chosen) => setPreferences({ albumSort: chosen })}
            />
          </Menu>
        )}
        {all.length > 0 && (
          <Button onClick={() => setMaking(true)}>
            <Plus size={16} />
            {t('albums.new')}
          </Button>
        )}
      </header>
      {albums.isError && <Problem sentence={sentenceOf(albums.error)} onRetry={() => void albums.refetch()} />}
      {albums.data?.length === 0 && (
        <div className={styles['centre']}>
          <Empty
            icon={<Images size={40} strokeWidth={1.25} />}
            title={t('albums.empty')}
            actions={
              <Button kind="primary" onClick={() => setMaking(true)}>
                {t('albums.new')}
              </Button>
            }
          >
            {t('albums.emptyLead')}
          </Empty>
        </div>
      )}
      {all.length > 0 && shown.length === 0 && (
        <p className={styles['quiet']} role="status">
          {t('albums.noMatch', { text: text.trim() })}
        </p>
      )}
      <ul ref={stop} className={styles['grid']}>
        {shown.map((album) => (
          <li key={album.id} className={styles['cell']}>
            <a
              href={hrefOf(album.id)}
              className={styles['card']}
              draggable={false}
              onKeyDown={(event) => {
                if (event.key === 'Delete') void remove(album)
              }}
            >
              <AlbumCover album={album} signSize={36} />
              <span className={styles['name']}>{album.name}</span>
              <span className={styles['count']}>{t('photos', { count: album.mediaCount })}</span>
            </a>
          </li>
        ))}
      </ul>
      {trashed.data !== undefined && trashed.data.length > 0 && (
        <Button kind="quiet" className={styles['trashed'] ?? ''} onClick={() => setShowsTrashed(true)}>
          {t('albums.trashed', { count: trashed.data.length })}
        </Button>
      )}
      {isMaking && <AlbumDialog onClose={() => setMaking(false)} onDone={(album) => onOpen(album.id)} />}
      {showsTrashed && <TrashedAlbums albums={trashed.data ?? []} onClose={() => setShowsTrashed(false)} />}
    </section>
  )
}
