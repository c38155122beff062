import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  addressOf,
  eventSchema,
  fromWire,
  vaultEndpoints,
  type EngineEvent,
  type Noun,
} from '../../main/contract/index.ts'
import { apiOrigin } from './client.ts'
import { noteEngine, onEngineBack } from './connection.ts'
import { openEventStream, type EventStream } from './event-stream.ts'
import { importListKey, importsKey, showProgress } from './imports.ts'
import { keysShowing, showsInTimeline } from './keys.ts'
import { createRefresher } from './refresh.ts'
import type { TimelineStore } from './timeline.ts'
import { vaultKey } from './vault.ts'

const reopenMs = 500

/** The one event stream of this window: what changed is asked for again by anyone who shows it. */
export function useEngineEvents(timeline: TimelineStore | null): void {
  const cache = useQueryClient()
  useEffect(() => {
    let source: EventStream | null = null
    let reopen: ReturnType<typeof setTimeout> | null = null
    let isFirst = true
    const startedAt = Date.now()
    const refresher = createRefresher(cache)

    const refresh = (nouns: readonly Noun[] | null): void => {
      if (showsInTimeline(nouns)) timeline?.invalidate()
      for (const key of keysShowing(nouns)) refresher.refresh(key)
    }
    const refreshAll = (): void => refresh(null)
    const onEvent = (event: EngineEvent): void => {
      if (event.kind === 'vault') {
        void cache.invalidateQueries({ queryKey: vaultKey })
        refreshAll()
      } else if (event.kind === 'import') {
        if (event.progress === null) refresher.refresh(importsKey)
        else if (!showProgress(cache, event.id, event.progress)) refresher.refresh(importListKey)
      } else refresh(event.nouns)
    }
    const open = (): void => {
      reopen = null
      source = openEventStream(apiOrigin + addressOf(vaultEndpoints.events))
      source.addEventListener('open', () => {
        // After a break anything may have changed; the vault, which may still be opening, says that it is over. So it may since
        // the first questions were answered, when the stream was slow to open.
        const hasAnswers = cache
          .getQueryCache()
          .getAll()
          .some(({ state }) => state.dataUpdatedAt > startedAt)
        if (!isFirst || hasAnswers) {
          void cache.invalidateQueries({ queryKey: vaultKey })
          refreshAll()
        }
        isFirst = false
      })
      source.addEventListener('message', (message: MessageEvent<string>) => {
        const event = eventSchema.safeParse(fromWire(eventSchema, JSON.parse(message.data)))
        if (event.success) onEvent(event.data)
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
    const stopListening = onEngineBack(refreshAll)
    return () => {
      stopListening()
      source?.close()
      if (reopen) clearTimeout(reopen)
      refresher.stop()
    }
  }, [cache, timeline])
}
