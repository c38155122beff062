import type { Writer } from '../database/index.ts'
import type { SyncContext } from './context.ts'
import { planSync } from './plan.ts'

/** What a stream is listened to through: as much of a WebSocket as is used. */
export interface Socket {
  addEventListener(kind: 'message' | 'close' | 'error', hear: () => void): void
  close(): void
}

/** Several events within a moment are one sync. */
const settleMs = 1500
const againMs = { first: 5000, longest: 15 * 60_000 }

interface Entry {
  readonly userId: string
  readonly address: string
  socket: Socket | null
  failures: number
  timer: NodeJS.Timeout | null
}

/**
 * Listens to the services that tell when something happens, in place of the webhooks that no service can send to a desktop. What is
 * heard is taken as a doorbell only: it plans a sync, which asks the account's own server. Ends when it is told to.
 */
export function listenToStreams(context: SyncContext): () => void {
  const entries = new Map<string, Entry>()
  const closing = new AbortController()
  let isRefreshing = false
  let isStale = false

  function open(id: string, entry: Entry): void {
    if (closing.signal.aborted || entries.get(id) !== entry) return
    let socket: Socket
    try {
      socket = context.openSocket(entry.address)
    } catch {
      return later(id, entry)
    }
    entry.socket = socket
    socket.addEventListener('message', () => {
      entry.failures = 0
      entry.timer ??= setTimeout(() => {
        entry.timer = null
        void ring(id, entry)
      }, settleMs)
    })
    let hasEnded = false
    const end = (): void => {
      if (hasEnded) return
      hasEnded = true
      entry.socket = null
      later(id, entry)
    }
    socket.addEventListener('close', end)
    socket.addEventListener('error', end)
  }

  function later(id: string, entry: Entry): void {
    if (closing.signal.aborted || entries.get(id) !== entry) return
    const delay = Math.min(againMs.first * 2 ** entry.failures, againMs.longest)
    entry.failures += 1
    setTimeout(() => open(id, entry), delay).unref()
  }

  async function ring(id: string, entry: Entry): Promise<void> {
    if (closing.signal.aborted || entries.get(id) !== entry) return
    await context.database
      .asService((tx) => planSync(tx, entry.userId, id, { kind: 'stream', delayMs: 0 }))
      .catch(() => context.log.warn('stream-not-followed', { connection: id }))
  }

  function drop(id: string): void {
    const entry = entries.get(id)
    entries.delete(id)
    if (entry?.timer) clearTimeout(entry.timer)
    entry?.socket?.close()
  }

  /** Opens what is missing and closes what is no longer synced. */
  async function refresh(): Promise<void> {
    isStale = true
    if (isRefreshing) return
    isRefreshing = true
    try {
      while (isStale && !closing.signal.aborted) {
        isStale = false
        const wanted = await context.database.asService((tx) => streamsWanted(tx, context))
        for (const id of entries.keys()) if (!wanted.has(id)) drop(id)
        for (const [id, { userId, address }] of wanted) {
          if (entries.has(id)) continue
          const entry: Entry = { userId, address, socket: null, failures: 0, timer: null }
          entries.set(id, entry)
          open(id, entry)
        }
      }
    } catch {
      // The database is away for a moment; the next change of a connection looks again.
    } finally {
      isRefreshing = false
    }
  }

  const stop = context.database.onCommit('integrations', () => void refresh())
  void refresh()
  return () => {
    closing.abort()
    stop()
    for (const id of entries.keys()) drop(id)
  }
}

async function streamsWanted(
  tx: Writer,
  context: SyncContext,
): Promise<Map<string, { readonly userId: string; readonly address: string }>> {
  const rows = await tx.query<{
    id: string
    userId: string
    platform: string
    platformUserId: string
    server: string | null
  }>(
    `select id, user_id as "userId", platform, platform_user_id as "platformUserId", server from core.integrations
     where deleted_at is null and is_enabled and status in ('connected', 'error') and auth_kind <> 'archive'
       and platform_user_id is not null`,
  )
  return new Map(
    rows.flatMap(({ id, userId, platform, platformUserId, server }) => {
      const connector = context.connectors.find((each) => each.platform === platform)
      const address = connector?.streamAddress?.({ platformUserId, server }) ?? null
      return address === null ? [] : [[id, { userId, address }] as const]
    }),
  )
}
