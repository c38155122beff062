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
import { importKey, importListKey, importsKey } from './imports.ts'
import { mediaKey } from './media.ts'
import { peopleKey, sessionsKey } from './people.ts'
import { trashKey } from './trash.ts'
import type { TimelineStore } from './timeline.ts'
import { statusKey, vaultKey } from './vault.ts'
import { watchedFoldersKey } from './watched-folders.ts'

const reopenMs = 500

/** The one event stream of this window: what changed is asked for again by whoever shows it. */
export function useEngineEvents(timeline: TimelineStore | null): void {
  const cache = useQueryClient()
  useEffect(() => {
    let source: EventStream | null = null
    let reopen: ReturnType<typeof setTimeout> | null = null
    let calm: ReturnType<typeof setTimeout> | null = null
    let isFirst = true

    const refresh = (): void => {
      timeline?.invalidate()
      calm ??= setTimeout(() => {
        calm = null
        void cache.invalidateQueries({ queryKey: statusKey })
        void cache.invalidateQueries({ queryKey: mediaKey })
        void cache.invalidateQueries({ queryKey: trashKey })
        void cache.invalidateQueries({ queryKey: importsKey })
        void cache.invalidateQueries({ queryKey: albumsKey })
        void cache.invalidateQueries({ queryKey: watchedFoldersKey })
        void cache.invalidateQueries({ queryKey: activityKey })
        void cache.invalidateQueries({ queryKey: backupsKey })
        void cache.invalidateQueries({ queryKey: exportsKey })
        void cache.invalidateQueries({ queryKey: peopleKey })
        void cache.invalidateQueries({ queryKey: sessionsKey })
      }, 500)
    }
    const hear = (event: EngineEvent): void => {
      if (event.kind === 'vault') {
        void cache.invalidateQueries({ queryKey: vaultKey })
        refresh()
      } else if (event.kind === 'import') {
        void cache.invalidateQueries({ queryKey: importListKey })
        void cache.invalidateQueries({ queryKey: importKey(event.id) })
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
      if (calm) clearTimeout(calm)
    }
  }, [cache, timeline])
}
