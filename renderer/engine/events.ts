import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { addressOf, eventSchema, fromWire, vaultEndpoints, type EngineEvent } from '../../main/contract/index.ts'
import { activityKey } from './activity.ts'
import { albumsKey } from './albums.ts'
import { backupsKey } from './backups.ts'
import { apiOrigin } from './client.ts'
import { noteEngine, onEngineBack } from './connection.ts'
import { openEventStream, type EventStream } from './event-stream.ts'
import { exportsKey } from './exports.ts'
import { importListKey, importsKey, showProgress } from './imports.ts'
import { mediaKey } from './media.ts'
import { peopleKey, sessionsKey } from './people.ts'
import { createRefresher } from './refresh.ts'
import { trashKey } from './trash.ts'
import type { TimelineStore } from './timeline.ts'
import { statusKey, vaultKey } from './vault.ts'
import { watchedFoldersKey } from './watched-folders.ts'

const reopenMs = 500
/** What a change may show in. */
const shownKeys = [
  statusKey,
  mediaKey,
  trashKey,
  importsKey,
  albumsKey,
  watchedFoldersKey,
  activityKey,
  backupsKey,
  exportsKey,
  peopleKey,
  sessionsKey,
] as const

/** The one event stream of this window: what changed is asked for again by whoever shows it. */
export function useEngineEvents(timeline: TimelineStore | null): void {
  const cache = useQueryClient()
  useEffect(() => {
    let source: EventStream | null = null
    let reopen: ReturnType<typeof setTimeout> | null = null
    let isFirst = true
    const refresher = createRefresher(cache)

    const refresh = (): void => {
      timeline?.invalidate()
      for (const key of shownKeys) refresher.refresh(key)
    }
    const hear = (event: EngineEvent): void => {
      if (event.kind === 'vault') {
        void cache.invalidateQueries({ queryKey: vaultKey })
        refresh()
      } else if (event.kind === 'import') {
        if (event.progress === null) refresher.refresh(importsKey)
        else if (!showProgress(cache, event.id, event.progress)) refresher.refresh(importListKey)
      } else refresh()
    }
    const open = (): void => {
      reopen = null
      source = openEventStream(apiOrigin + addressOf(vaultEndpoints.events))
      source.addEventListener('open', () => {
        // After a break anything may have changed; the vault, which may still be opening, says that it is over.
        if (!isFirst) {
          void cache.invalidateQueries({ queryKey: vaultKey })
          refresh()
        }
        isFirst = false
      })
      source.addEventListener('message', (message: MessageEvent<string>) => {
        const event = eventSchema.safeParse(fromWire(eventSchema, JSON.parse(message.data)))
        if (event.success) hear(event.data)
      })
      source.addEventListener('error', () => {
        noteEngine('away')
        // Opened again from here: a browser would let three seconds pass.
        source?.close()
        // Perhaps the session has ended; the vault says.
        void cache.invalidateQueries({ queryKey: vaultKey })
        reopen ??= setTimeout(open, reopenMs)
      })
    }
    open()
    const stopListening = onEngineBack(refresh)
    return () => {
      stopListening()
      source?.close()
      if (reopen) clearTimeout(reopen)
      refresher.stop()
    }
  }, [cache, timeline])
}
