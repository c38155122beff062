import type { Reason } from '../../contract/index.ts'
import type { Database } from '../database/index.ts'
import { reason } from '../files/index.ts'

/** What people may still keep. Files on their way count from when they are taken until their rows are stored. */
export interface Space {
  /** Why these bytes cannot fit, whatever becomes of the files on their way; null when they may. */
  refusal(userId: string, bytes: number): Promise<Reason | null>
  /** Takes room for a file, or says why there is none. Waits, where it may, while that hangs on files on their way. */
  take(userId: string, bytes: number, mayWait?: boolean): Promise<Reason | null>
  /** The file's row is stored, or the file is not kept after all. */
  release(userId: string, bytes: number): void
}

interface Room {
  readonly quota: number | null
  readonly used: number
}

/** A person without a limit is asked for it this often, and not for every file. */
const limitlessMs = 1000

export function createSpace(database: Database): Space {
  const pending = new Map<string, number>()
  const limitless = new Map<string, number>()
  const waiting = new Set<() => void>()

  async function roomOf(userId: string): Promise<Room> {
    if ((limitless.get(userId) ?? -Infinity) > performance.now()) return { quota: null, used: 0 }
    const room = await database.read(userId, (tx) =>
      tx.one<Room>(`select storage_quota as quota, storage_used as used from core.users where id = $1`, [userId]),
    )
    if (room?.quota == null) limitless.set(userId, performance.now() + limitlessMs)
    return room ?? { quota: null, used: 0 }
  }

  const space: Space = {
    async refusal(userId, bytes) {
      const { quota, used } = await roomOf(userId)
      return quota === null || used + bytes <= quota ? null : reason('no-room', { used, quota })
    },
    async take(userId, bytes, mayWait = true) {
      for (;;) {
        const { quota, used } = await roomOf(userId)
        const onTheWay = pending.get(userId) ?? 0
        if (quota === null || used + onTheWay + bytes <= quota) {
          pending.set(userId, onTheWay + bytes)
          return null
        }
        if (!mayWait || onTheWay === 0 || used + bytes > quota) return reason('no-room', { used, quota })
        await new Promise<void>((resolve) => waiting.add(resolve))
      }
    },
    release(userId, bytes) {
      pending.set(userId, (pending.get(userId) ?? 0) - bytes)
      for (const wake of waiting) wake()
      waiting.clear()
    },
  }
  return space
}
