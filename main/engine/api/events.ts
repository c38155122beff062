import { streamSSE } from 'hono/streaming'
import { toWire, eventSchema, vaultEndpoints, type EngineEvent, type Noun } from '../../contract/index.ts'
import { isSignInNeeded } from '../accounts/index.ts'
import { changesAfter, latestChange } from '../changes/index.ts'
import { importProgress, importWork } from '../intake/index.ts'
import type { On } from './mount.ts'
import type { Engine } from './port.ts'

const heartbeatMs = 20_000

/**
 * The event stream: announces that something changed; anyone who listens asks for what they show. It ends with the session
 * it was opened in.
 */
export function eventRoutes(on: On, engine: Engine): void {
  on(vaultEndpoints.events, async ({ found: caller, context: c }) => {
    const from = Number(c.req.header('last-event-id') ?? Number.NaN)
    return streamSSE(c, async (stream) => {
      let seq = Number.isFinite(from) ? from : -1
      let pending = false
      /** There may be something new to read. */
      let isNews = true
      /** Nouns of which other things than stored ones changed. */
      const shown = new Set<Noun>()
      let isOver = false
      const due = new Map<string, EngineEvent>()
      let wake: () => void = () => {}
      const poke = (): void => {
        pending = true
        wake()
      }
      // Of what is said again before it was sent only the last counts.
      const queue = (event: EngineEvent): void => {
        due.set(event.kind === 'import' ? event.id : event.kind, event)
        poke()
      }
      const stops = [engine.onVault(() => queue({ kind: 'vault' }))]
      let watched: unknown = null
      stream.onAbort(poke)
      const heartbeat = setInterval(() => void stream.write(': here\n\n'), heartbeatMs)
      try {
        queue({ kind: 'vault' })
        while (!stream.aborted && !c.req.raw.signal.aborted) {
          if (!pending) await new Promise<void>((resolve) => (wake = resolve))
          pending = false
          const state = engine.state()
          const vault = state.state === 'ready' ? engine.vault() : null
          if (vault && vault !== watched) {
            watched = vault
            if (caller?.vault === vault) {
              const { userId, sessionId } = caller
              stops.push(
                vault.bell.listen((of, noun) => {
                  if (of !== userId) return
                  if (noun !== null) shown.add(noun)
                  isNews ||= noun === null
                  poke()
                }),
                vault.work.listen(({ kind, id, userId: of }) => {
                  if (of !== userId || kind !== importWork) return
                  queue({ kind: 'import', id, progress: importProgress(vault.intake.running, id) })
                }),
                vault.sessions.onEnd((id) => {
                  isOver ||= id === sessionId
                  poke()
                }),
              )
            }
          }
          for (const [key, event] of due) {
            due.delete(key)
            await stream.writeSSE({ data: inWire(event) })
          }
          if (!vault) continue
          if (isOver || caller?.vault !== vault) break
          if (caller.sessionId === null && (await isSignInNeeded(vault.database))) break
          const nouns = [...shown]
          shown.clear()
          if (nouns.length > 0) {
            await stream.writeSSE({ data: inWire({ kind: 'changed', seq: Math.max(seq, 0), nouns }) })
          }
          if (!isNews) continue
          isNews = false
          const after = seq
          const news = await vault.database.read(caller.userId, async (tx) =>
            after < 0 ? { seq: await latestChange(tx), nouns: [] } : changesAfter(tx, after),
          )
          seq = news.seq
          if (news.nouns.length > 0) {
            await stream.writeSSE({
              id: String(seq),
              data: inWire({ kind: 'changed', seq, nouns: news.nouns }),
            })
          }
        }
      } finally {
        clearInterval(heartbeat)
        for (const stop of stops) stop()
      }
    })
  })
}

function inWire(event: EngineEvent): string {
  return JSON.stringify(toWire(eventSchema, event))
}
