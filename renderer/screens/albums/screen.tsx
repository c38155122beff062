import { useState } from 'react'
import { GalleryVerticalEnd } from 'lucide-react'
import { AlbumDialog } from '../../components/albums/AlbumDialog.tsx'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { useStatus } from '../../data/vault.ts'
import { t } from '../../messages/translate.ts'
import { goTo, hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { AlbumScreen } from './AlbumScreen.tsx'
import { AlbumsScreen } from './AlbumsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly albums: true
  }
}

export const albumsScreen: Screen = {
  name: 'albums',
  takesId: true,
  Entry,
  shortcut: { keys: 'G A', meaning: 'keys.goAlbums' },
  keys: {
    title: 'nav.albums',
    keys: [
      { keys: 'Alt ← →', meaning: 'keys.order' },
      { keys: 'Delete', meaning: 'albums.takeOut' },
    ],
  },
  draw: ({ id, returnTo, onView }) =>
    id === null ? (
      <AlbumsScreen hrefOf={(album) => hrefOf('albums', album)} onOpen={(album) => goTo('albums', album)} />
    ) : (
      <AlbumScreen
        key={id}
        id={id}
        backHref={hrefOf('albums')}
        timelineHref={hrefOf('timeline')}
        returnTo={returnTo?.id ?? null}
        onView={(sequence, photo) => onView(sequence, { day: '', id: photo })}
        onGone={() => goTo('albums')}
      />
    ),
}

/** Photos that are dropped on it become a new album. */
function Entry({ isCurrent, id }: EntryProps) {
  const status = useStatus()
  const [gathered, setGathered] = useState<readonly string[] | null>(null)
  return (
    <>
      <SidebarEntry
        href={hrefOf('albums')}
        name={t('nav.albums')}
        icon={<GalleryVerticalEnd />}
        isCurrent={isCurrent && id === null}
        count={status.data?.albums}
        onPhotos={setGathered}
      />
      {gathered && <AlbumDialog mediaIds={gathered} onClose={() => setGathered(null)} />}
    </>
  )
}
