import { useCallback, useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { VaultState } from '../../main/contract/index.ts'
import { useEngineEvents } from '../data/events.ts'
import { lock } from '../data/people.ts'
import type { PhotoSequence } from '../data/sequence.ts'
import { TimelineStore, type TimelineSpot } from '../data/timeline.ts'
import { ViewerScreen } from '../screens/viewer/ViewerScreen.tsx'
import { vaultKey } from '../data/vault.ts'
import { goTo, hrefOf } from '../route.ts'
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
import { keyGroups } from './key-groups.ts'
import { goToPlace, useShown } from './screens.ts'
import styles from './Frame.module.css'

interface Viewed {
  readonly sequence: PhotoSequence
  readonly first: TimelineSpot
  /** The screen it was opened from; on any other it waits. */
  readonly href: string
}

/** The window with an open vault: sidebar, screen, status line, and whatever lies over them. */
export function Frame({ vault }: { readonly vault: VaultState & { readonly state: 'ready' } }) {
  const { isSignedIn, isAdmin } = vault.me
  const shown = useShown()
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
      goTo('settings')
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
        else if (command === 'settings' || command === 'keys') goTo('settings')
      }),
    [chooseImport, lockNow],
  )
  const href = hrefOf(shown.screen.name, shown.id)
  const view = useCallback(
    (sequence: PhotoSequence, first: TimelineSpot) => {
      setViewed({ sequence, first, href })
      // So that the same photo is handed back again.
      setReturnTo(null)
    },
    [href],
  )
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
          shown={shown}
          onImport={() => void chooseImport('folders')}
        />
        <div className={styles['stage']}>
          <main className={styles['screen']}>
            {shown.screen.draw({
              id: shown.id,
              isAdmin,
              timeline: store,
              returnTo,
              onView: view,
              onImport: (kind) => void chooseImport(kind),
              keyGroups,
            })}
          </main>
          <StatusLine
            nags={isAdmin && shown.screen.name === 'timeline'}
            onOpen={(id) => goTo('imports', id)}
            onBackups={() => goTo('backups')}
          />
        </div>
      </div>
      {viewed && isViewing && (
        <ViewerScreen
          sequence={viewed.sequence}
          first={viewed.first}
          onClose={closeViewer}
          hrefOfImport={(id) => hrefOf('imports', id)}
          hrefOfAlbum={(id) => hrefOf('albums', id)}
          hrefOfSearch={(text) => hrefOf('search', text)}
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

function useTimelineStore(): TimelineStore {
  const [store] = useState(() => new TimelineStore())
  useEffect(() => {
    store.open()
    return () => store.close()
  }, [store])
  return store
}
