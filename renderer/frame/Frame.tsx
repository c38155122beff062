import { useCallback, useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { VaultState } from '../../main/contract/index.ts'
import { useEngineEvents } from '../data/events.ts'
import { lock } from '../data/people.ts'
import type { PhotoSequence } from '../data/sequence.ts'
import { TimelineStore, type TimelineSpot } from '../data/timeline.ts'
import { ActivityScreen } from '../screens/activity/ActivityScreen.tsx'
import { AlbumScreen } from '../screens/albums/AlbumScreen.tsx'
import { AlbumsScreen } from '../screens/albums/AlbumsScreen.tsx'
import { BackupsScreen } from '../screens/backups/BackupsScreen.tsx'
import { ImportScreen } from '../screens/imports/ImportScreen.tsx'
import { ImportsScreen } from '../screens/imports/ImportsScreen.tsx'
import { TimelineScreen } from '../screens/timeline/TimelineScreen.tsx'
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx'
import { SearchScreen } from '../screens/search/SearchScreen.tsx'
import { TrashScreen } from '../screens/trash/TrashScreen.tsx'
import { ViewerScreen } from '../screens/viewer/ViewerScreen.tsx'
import { goTo, goToPlace, hrefOf, replaceRoute, useRoute } from '../route.ts'
import { DropZone } from './DropZone.tsx'
import { ImportFlow } from './ImportFlow.tsx'
import { PathDialog } from './PathDialog.tsx'
import { isDialogOpen } from '../components/Dialog.tsx'
import { useFocusGuard } from '../components/focus-guard.ts'
import { notify } from '../components/notices.ts'
import { t } from '../messages/translate.ts'
import { Sidebar } from './Sidebar.tsx'
import { StatusLine } from './StatusLine.tsx'
import { useDesktop } from './use-desktop.ts'
import { useIdleLock } from './use-idle-lock.ts'
import { useUndo } from './use-undo.ts'
import { useKeys } from './use-keys.ts'
import styles from './Frame.module.css'
import { vaultKey } from '../data/keys.ts'

interface Viewed {
  readonly sequence: PhotoSequence
  readonly first: TimelineSpot
  /** The screen it was opened from; on any other it waits. */
  readonly href: string
}

const allAlbums = hrefOf({ screen: 'albums', id: null })

/** The window with an open vault: sidebar, screen, status line, and whatever lies over them. */
export function Frame({ vault }: { readonly vault: VaultState & { readonly state: 'ready' } }) {
  const { isSignedIn, isAdmin } = vault.me
  const route = useRoute()
  const cache = useQueryClient()
  const store = useTimelineStore()
  useEngineEvents(store)
  useDesktop()
  useFocusGuard()
  useUndo()
  const [dropped, setDropped] = useState<readonly string[] | null>(null)
  const [isTyping, setTyping] = useState(false)
  const [viewed, setViewed] = useState<Viewed | null>(null)
  const [returnTo, setReturnTo] = useState<TimelineSpot | null>(null)

  // Nothing of one vault may be shown in another.
  useEffect(() => () => cache.removeQueries({ predicate: (query) => query.queryKey[0] !== vaultKey[0] }), [cache])
  useEffect(() => window.coffer?.onOpenPaths(setDropped), [])
  useEffect(() => window.coffer?.onOpenPlaces((places) => goToPlace(places.at(-1) ?? '')), [])

  const chooseImport = useCallback(async (kind: 'folders' | 'files'): Promise<void> => {
    if (!window.coffer) {
      setTyping(true)
      return
    }
    const paths = await window.coffer.pickImport(kind)
    if (paths.length > 0) setDropped(paths)
  }, [])
  const lockNow = useCallback((): void => {
    if (isSignedIn) void lock()
    else {
      notify(t('lock.needsPassword'))
      goTo({ screen: 'settings' })
    }
  }, [isSignedIn])
  useIdleLock(isSignedIn)
  useEffect(
    () =>
      window.coffer?.onCommand((command) => {
        // What is typed in a dialog is not left for another screen.
        if (command !== 'lock' && isDialogOpen()) return
        if (command === 'import-folders') void chooseImport('folders')
        else if (command === 'import-files') void chooseImport('files')
        else if (command === 'lock') lockNow()
        else if (command === 'settings' || command === 'keys') goTo({ screen: 'settings' })
      }),
    [chooseImport, lockNow],
  )
  const href = hrefOf(route)
  const view = useCallback(
    (sequence: PhotoSequence, first: TimelineSpot) => {
      setViewed({ sequence, first, href })
      // So that the same photo is handed back again.
      setReturnTo(null)
    },
    [href],
  )
  const openViewer = useCallback((spot: TimelineSpot) => view(store, spot), [view, store])
  const closeViewer = useCallback((last: TimelineSpot) => {
    setViewed(null)
    setReturnTo(last)
  }, [])

  const isViewing = viewed?.href === href
  useKeys(isViewing || dropped !== null, lockNow)
  return (
    <div className={styles['frame']}>
      <div className={styles['window']} inert={isViewing}>
        <Sidebar
          vaultName={vault.name}
          person={isSignedIn ? vault.user : null}
          isAdmin={isAdmin}
          onLock={lockNow}
          current={route.screen}
          currentAlbum={route.screen === 'albums' ? route.id : null}
          onImport={() => void chooseImport('folders')}
        />
        <div className={styles['stage']}>
          <main className={styles['screen']}>
            {route.screen === 'timeline' && (
              <TimelineScreen
                store={store}
                returnTo={returnTo}
                onOpen={openViewer}
                onImport={(kind) => void chooseImport(kind)}
              />
            )}
            {route.screen === 'albums' && route.id === null && (
              <AlbumsScreen
                hrefOf={(id) => hrefOf({ screen: 'albums', id })}
                onOpen={(id) => goTo({ screen: 'albums', id })}
              />
            )}
            {route.screen === 'albums' && route.id !== null && (
              <AlbumScreen
                key={route.id}
                id={route.id}
                backHref={allAlbums}
                timelineHref={hrefOf({ screen: 'timeline' })}
                returnTo={returnTo?.id ?? null}
                onView={(sequence, id) => view(sequence, { day: '', id })}
                onGone={() => goTo({ screen: 'albums', id: null })}
              />
            )}
            {route.screen === 'search' && (
              <SearchScreen
                text={route.id ?? ''}
                returnTo={returnTo?.id ?? null}
                hrefOfAlbum={(id) => hrefOf({ screen: 'albums', id })}
                onText={lookFor}
                onView={(sequence, id) => view(sequence, { day: '', id })}
              />
            )}
            {route.screen === 'activity' && (
              <ActivityScreen
                hrefOfImport={(id) => hrefOf({ screen: 'imports', id })}
                hrefOfAlbum={(id) => hrefOf({ screen: 'albums', id })}
                trashHref={hrefOf({ screen: 'trash' })}
                importsHref={hrefOf({ screen: 'imports', id: null })}
              />
            )}
            {route.screen === 'backups' && <BackupsScreen isAdmin={isAdmin} />}
            {route.screen === 'trash' && <TrashScreen />}
            {route.screen === 'settings' && <SettingsScreen />}
            {route.screen === 'imports' && route.id === null && (
              <ImportsScreen hrefOf={(id) => hrefOf({ screen: 'imports', id })} />
            )}
            {route.screen === 'imports' && route.id !== null && (
              <ImportScreen key={route.id} id={route.id} backHref={hrefOf({ screen: 'imports', id: null })} />
            )}
          </main>
          <StatusLine
            nags={isAdmin && route.screen === 'timeline'}
            onOpen={(id) => goTo({ screen: 'imports', id })}
            onBackups={() => goTo({ screen: 'backups' })}
          />
        </div>
      </div>
      {viewed && isViewing && (
        <ViewerScreen
          sequence={viewed.sequence}
          first={viewed.first}
          onClose={closeViewer}
          hrefOfImport={(id) => hrefOf({ screen: 'imports', id })}
          hrefOfAlbum={(id) => hrefOf({ screen: 'albums', id })}
          hrefOfSearch={(text) => hrefOf({ screen: 'search', id: text })}
        />
      )}
      <DropZone onPaths={setDropped} />
      {isTyping && (
        <PathDialog
          onClose={() => setTyping(false)}
          onPath={(path) => {
            setTyping(false)
            setDropped([path])
          }}
        />
      )}
      {dropped && <ImportFlow key={dropped.join('\n')} paths={dropped} onDone={() => setDropped(null)} />}
    </div>
  )
}

function lookFor(text: string): void {
  replaceRoute({ screen: 'search', id: text })
}

function useTimelineStore(): TimelineStore {
  const [store] = useState(() => new TimelineStore())
  useEffect(() => {
    store.open()
    return () => store.close()
  }, [store])
  return store
}
