import { CofferError } from '../base/errors.ts'
import { createGate } from '../base/gate.ts'
import type { Database } from '../database/index.ts'
import { hashPassword, isOutdatedHash, verifyPassword } from '../keys/index.ts'
import { record } from '../objects/index.ts'

const freeAttempts = 4
const longestWaitSeconds = 300
/** Each check takes 64 MiB; more at once than this would only help somebody who guesses. */
const checking = createGate(2)
let decoy: Promise<string> | undefined

/** Somebody who proved to be who they say. */
export interface Proven {
  readonly userId: string
  /** Their password, hashed again, where the stored hash was of an older kind; null keeps the stored one. */
  readonly betterHash: string | null
}

/**
 * Looks whether a password is somebody's. From the fifth failure in a row on, each doubles the wait before the next is
 * looked at, up to five minutes, over restarts too. An attempt counts before it is looked at, so many at once gain
 * nothing. Throws `sign-in-failed`, which tells nothing of why, and `too-many-attempts` and `user-disabled`.
 */
export async function provePassword(
  database: Database,
  who: { readonly username: string } | { readonly userId: string },
  password: string,
): Promise<Proven> {
  const found = await database.asService(async (tx) => {
    const row = await tx.one<{ id: string; hash: string | null; isActive: boolean; failed: number; wait: number }>(
      `select id, password_hash as hash, is_active as "isActive", failed_sign_ins as failed,
              ceil(greatest(extract(epoch from sign_in_after - now()), 0))::integer as wait
       from core.users where deleted_at is null and ${'userId' in who ? 'id = $1' : 'lower(username) = lower($1)'}
       for update`,
      ['userId' in who ? who.userId : who.username.trim()],
    )
    if (row && !(row.wait > 0)) {
      await tx.execute(
        `update core.users set failed_sign_ins = failed_sign_ins + 1,
           sign_in_after = now() + make_interval(secs => $2) where id = $1`,
        [row.id, waitAfter(row.failed + 1)],
      )
    }
    return row
  })
  if (found && found.wait > 0) {
    throw new CofferError(`Too many wrong passwords. Wait ${inWords(found.wait)} and try again.`, {
      code: 'too-many-attempts',
      retry: 'later',
      details: { seconds: found.wait },
    })
  }
  const isRight = await checking.run(() => matches(password, found?.hash))
  if (!found || !isRight) {
    if (found) {
      await database.asService((tx) =>
        record(tx, {
          userId: found.id,
          action: 'sessions.failed',
          ids: [found.id],
          objectType: 'users',
          outcome: 'refused',
        }),
      )
    }
    throw new CofferError('The password is incorrect.', { code: 'sign-in-failed' })
  }
  if (!found.isActive) {
    throw new CofferError('This account is disabled. An administrator can enable it again.', {
      code: 'user-disabled',
    })
  }
  await database.asService((tx) =>
    tx.execute(`update core.users set failed_sign_ins = 0, sign_in_after = null where id = $1`, [found.id]),
  )
  const isOutdated = found.hash !== null && isOutdatedHash(found.hash)
  return { userId: found.id, betterHash: isOutdated ? await hashPassword(password) : null }
}

/** A name nobody has takes as long to refuse as a wrong password. */
async function matches(password: string, hash: string | null | undefined): Promise<boolean> {
  if (hash === null) return password === ''
  const stored = hash ?? (await (decoy ??= hashPassword('nobody has this password')))
  return (await verifyPassword(password, stored)) && hash !== undefined
}

function waitAfter(failures: number): number {
  return failures <= freeAttempts ? 0 : Math.min(2 ** (failures - freeAttempts - 1), longestWaitSeconds)
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
