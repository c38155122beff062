import type { ClientKind, Person, Session } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { recordChanges } from '../changes/index.ts'
import type { Database, Writer } from '../database/index.ts'
import { createTokenSigner, newRefreshToken, refreshTokenHash } from '../keys/index.ts'
import { record } from '../objects/index.ts'
import { provePassword } from './attempts.ts'
import { peopleChanged, personOf } from './people.ts'

const accessSeconds = 15 * 60
const refreshSeconds = 30 * 86_400
/**
 * [Note: one refresh, many requests] A screen of pictures asks sixty times with the same cookies. For this long the
 * first renewal answers them all; after it, a token that comes again was stolen.
 */
const sharedMs = 30_000
/** Ended sessions are listed this long. */
const keepDays = 30

export interface Tokens {
  readonly accessToken: string
  readonly accessExpiresAt: string
  readonly refreshToken: string
  readonly refreshExpiresAt: string
}

export interface SignedIn {
  readonly person: Person
  readonly sessionId: string
  readonly tokens: Tokens
}

export type EndReason = 'signed-out' | 'everywhere' | 'password' | 'disabled' | 'reused'

/** The sessions of one opened vault. A check costs no query: anyone who is sent away is remembered in this process. */
export interface Sessions {
  /** Throws `sign-in-failed`, `too-many-attempts` and `user-disabled`. */
  signIn(username: string, password: string, client: ClientKind): Promise<SignedIn>
  /** A session for somebody who is here already: they have just made the vault ask for passwords. */
  begin(userId: string, client: ClientKind): Promise<SignedIn>
  /** Who an access token speaks for right now, or null. */
  check(accessToken: string): Promise<{ readonly userId: string; readonly sessionId: string } | null>
  /**
   * Exchanges a refresh token for new tokens. One that was exchanged before ends its whole session. Throws
   * `session-ended`.
   */
  renew(refreshToken: string): Promise<SignedIn>
  /** The same for many requests at once that carry the same cookie; null instead of a throw. */
  renewShared(refreshToken: string): Promise<SignedIn | null>
  list(userId: string, current: string | null): Promise<Session[]>
  /** Ends one session of a person. Throws `not-found`. */
  end(userId: string, sessionId: string): Promise<void>
  /** Ends every session of a person, but for one. */
  endAll(userId: string, reason: EndReason, except?: string | null): Promise<void>
  /** Called with the id of every session that is ended. */
  onEnd(listener: (sessionId: string) => void): () => void
  isLive(sessionId: string): boolean
}

export function createSessions(options: {
  readonly database: Database
  readonly vaultId: string
  readonly now?: () => Date
}): Sessions {
  const { database } = options
  const now = options.now ?? (() => new Date())
  const signer = createTokenSigner(options.vaultId, now)
  /** Tokens seen and found good, so that a screen of pictures verifies one signature. */
  const seen = new Map<string, { readonly userId: string; readonly sessionId: string; readonly expiresAtMs: number }>()
  /** Sessions ended while a token of theirs may still be good, with the moment after which none is. */
  const ended = new Map<string, number>()
  const renewing = new Map<string, { readonly answer: Promise<SignedIn | null>; readonly untilMs: number }>()
  const listeners = new Set<(sessionId: string) => void>()
  const nowMs = (): number => now().getTime()

  function noteEnded(ids: readonly string[]): void {
    for (const [id, untilMs] of ended) if (untilMs < nowMs()) ended.delete(id)
    for (const id of ids) {
      ended.set(id, nowMs() + accessSeconds * 1000)
      for (const listener of listeners) listener(id)
    }
  }

  async function tokensFor(
    given: { readonly userId: string; readonly sessionId: string },
    refreshToken: string,
  ): Promise<Tokens> {
    return {
      accessToken: await signer.sign(given, accessSeconds),
      accessExpiresAt: new Date(nowMs() + accessSeconds * 1000).toISOString(),
      refreshToken,
      refreshExpiresAt: new Date(nowMs() + refreshSeconds * 1000).toISOString(),
    }
  }

  async function storeToken(tx: Writer, userId: string, sessionId: string): Promise<string> {
    const token = newRefreshToken()
    await tx.execute(
      `insert into core.refresh_tokens (user_id, session_id, token_hash, expires_at)
       values ($1, $2, $3, $4::timestamptz + make_interval(secs => ${refreshSeconds}))`,
      [userId, sessionId, refreshTokenHash(token), now().toISOString()],
    )
    return token
  }

  async function begin(userId: string, client: ClientKind, betterHash: string | null): Promise<SignedIn> {
    const started = await database.asService(async (tx) => {
      const row = await tx.one<{ id: string }>(
        `insert into core.sessions (user_id, client, created_at, last_used_at, expires_at)
         values ($1, $2, $3, $3, $3::timestamptz + make_interval(secs => ${refreshSeconds})) returning id`,
        [userId, client, now().toISOString()],
      )
      if (!row) throw new Error('a session was not stored')
      await tx.execute(
        `update core.users set last_login_at = $2, password_hash = coalesce($3, password_hash) where id = $1`,
        [userId, now().toISOString(), betterHash],
      )
      await record(tx, { userId, action: 'sessions.started', ids: [row.id], details: { client } })
      await sessionsChanged(tx, userId)
      await forgetOld(tx)
      return { sessionId: row.id, refreshToken: await storeToken(tx, userId, row.id) }
    })
    peopleChanged(database)
    return signedIn(userId, started.sessionId, started.refreshToken)
  }

  async function signedIn(userId: string, sessionId: string, refreshToken: string): Promise<SignedIn> {
    const person = await personOf(database, userId)
    if (!person) throw sessionEnded()
    return { person, sessionId, tokens: await tokensFor({ userId, sessionId }, refreshToken) }
  }

  async function forgetOld(tx: Writer): Promise<void> {
    await tx.execute(
      `delete from core.sessions where coalesce(ended_at, expires_at) < $1::timestamptz - make_interval(days => ${keepDays})`,
      [now().toISOString()],
    )
  }

  async function endThese(
    tx: Writer,
    where: { readonly userId: string; readonly id?: string; readonly except?: string | null },
    reason: EndReason,
  ): Promise<readonly Ended[]> {
    const rows = await tx.query<Ended>(
      `update core.sessions set ended_at = $5, end_reason = $4
       where user_id = $1 and ended_at is null and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)
       returning id, client`,
      [where.userId, where.id ?? null, where.except ?? null, reason, now().toISOString()],
    )
    await tx.execute(
      `update core.refresh_tokens set revoked_at = $2 where session_id = any($1::uuid[]) and revoked_at is null`,
      [idsOf(rows), now().toISOString()],
    )
    if (rows.length > 0) await sessionsChanged(tx, where.userId)
    return rows
  }

  /** The outcome, not a throw: what is stored about a stolen token has to stay stored. */
  async function exchange(refreshToken: string) {
    return database.asService(async (tx) => {
      const token = await tx.one<{ id: string; userId: string; sessionId: string; wasUsed: boolean; isOver: boolean }>(
        `select t.id, t.user_id as "userId", t.session_id as "sessionId", t.used_at is not null as "wasUsed",
                s.ended_at is not null or t.revoked_at is not null or t.expires_at <= $2::timestamptz
                  or not u.is_active or u.deleted_at is not null as "isOver"
         from core.refresh_tokens t join core.sessions s on s.id = t.session_id join core.users u on u.id = t.user_id
         where t.token_hash = $1 for update of t, s`,
        [refreshTokenHash(refreshToken), now().toISOString()],
      )
      if (!token || token.isOver) return { kind: 'over' as const }
      const { userId, sessionId } = token
      if (token.wasUsed) {
        const ids = idsOf(await endThese(tx, { userId, id: sessionId }, 'reused'))
        await record(tx, { userId, action: 'sessions.reused', ids: [sessionId], outcome: 'refused' })
        return { kind: 'reused' as const, ids }
      }
      await tx.execute(`update core.refresh_tokens set used_at = $2 where id = $1`, [token.id, now().toISOString()])
      await tx.execute(
        `update core.sessions set last_used_at = $2, expires_at = $2::timestamptz + make_interval(secs => ${refreshSeconds})
         where id = $1`,
        [sessionId, now().toISOString()],
      )
      return { kind: 'renewed' as const, userId, sessionId, next: await storeToken(tx, userId, sessionId) }
    })
  }

  const sessions: Sessions = {
    async signIn(username, password, client) {
      const { userId, betterHash } = await provePassword(database, { username }, password)
      return begin(userId, client, betterHash)
    },
    begin: (userId, client) => begin(userId, client, null),
    async check(accessToken) {
      const known = seen.get(accessToken)
      const claims = known && known.expiresAtMs > nowMs() ? known : await signer.verify(accessToken)
      if (!claims || ended.has(claims.sessionId)) {
        seen.delete(accessToken)
        return null
      }
      if (!known) {
        // Each session adds one every fifteen minutes; what is thrown away is only verified again.
        if (seen.size >= 1000) seen.clear()
        seen.set(accessToken, claims)
      }
      return { userId: claims.userId, sessionId: claims.sessionId }
    },
    async renew(refreshToken) {
      const outcome = await exchange(refreshToken)
      if (outcome.kind === 'reused') noteEnded(outcome.ids)
      if (outcome.kind !== 'renewed') throw sessionEnded()
      return signedIn(outcome.userId, outcome.sessionId, outcome.next)
    },
    renewShared(refreshToken) {
      const hash = refreshTokenHash(refreshToken)
      for (const [each, { untilMs }] of renewing) if (untilMs < nowMs()) renewing.delete(each)
      const under = renewing.get(hash)
      if (under) return under.answer
      const answer = sessions.renew(refreshToken).catch((error: unknown) => {
        if (error instanceof CofferError && error.code === 'session-ended') return null
        renewing.delete(hash)
        throw error
      })
      renewing.set(hash, { answer, untilMs: nowMs() + sharedMs })
      return answer
    },
    list: (userId, current) =>
      database.read(userId, (tx) =>
        tx.query<Session>(
          `select id, client, created_at as "createdAt", last_used_at as "lastUsedAt", id = $1 as "isCurrent"
           from core.sessions where ended_at is null and expires_at > $2::timestamptz order by last_used_at desc, id`,
          [current ?? '00000000-0000-0000-0000-000000000000', now().toISOString()],
        ),
      ),
    async end(userId, sessionId) {
      const ended = await database.asService(async (tx) => {
        const found = await endThese(tx, { userId, id: sessionId }, 'signed-out')
        for (const { id, client } of found) {
          await record(tx, { userId, action: 'sessions.signed-out', ids: [id], details: { client } })
        }
        return found
      })
      if (ended.length === 0) throw new CofferError('There is no such session.', { code: 'not-found' })
      noteEnded(idsOf(ended))
    },
    async endAll(userId, reason, except = null) {
      const ids = await database.asService(async (tx) => {
        const found = await endThese(tx, { userId, except }, reason)
        if (reason === 'everywhere') {
          await record(tx, { userId, action: 'sessions.ended', details: { count: found.length } })
        }
        return idsOf(found)
      })
      noteEnded(ids)
    },
    onEnd(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    isLive: (sessionId) => !ended.has(sessionId),
  }
  return sessions
}

function sessionEnded(): CofferError {
  return new CofferError('Your session has ended. Sign in again.', { code: 'session-ended' })
}

interface Ended {
  readonly id: string
  readonly client: ClientKind
}

function idsOf(sessions: readonly Ended[]): readonly string[] {
  return sessions.map(({ id }) => id)
}

/** Anyone who shows a person shows where they are signed in. */
function sessionsChanged(tx: Writer, userId: string): Promise<void> {
  return recordChanges(tx, userId, [{ noun: 'users', objectId: userId, kind: 'changed' }])
}
