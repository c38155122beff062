import type { ApiToken, NewApiToken, TokenScope } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Database } from '../database/index.ts'
import { newRefreshToken, refreshTokenHash } from '../keys/index.ts'
import { record } from '../objects/index.ts'

/** What every token begins with, so that people and secret scanners recognise one. */
const prefix = 'coffer_'
const noteUseMs = 60_000

/** Whether an `Authorization` header carries a token of this kind, good or not. */
export function apiTokenIn(authorization: string | null | undefined): string | null {
  return new RegExp(`^Bearer (${prefix}[\\w-]{1,100})$`, 'i').exec(authorization ?? '')?.[1] ?? null
}

/** As whom, and how far, a token may act. */
export interface TokenGrant {
  readonly tokenId: string
  readonly userId: string
  readonly scope: TokenScope
}

/** The tokens that other programs use in one opened vault. A check of one that is known costs no query. */
export interface ApiTokens {
  /** Makes a token; it is answered once and kept nowhere. */
  create(userId: string, wanted: NewApiToken): Promise<{ readonly about: ApiToken; readonly token: string }>
  list(userId: string): Promise<ApiToken[]>
  /** Ends a token at once. Throws `not-found`. */
  revoke(userId: string, id: string): Promise<void>
  /** What a token grants right now; null when it is unknown, revoked or expired. */
  check(token: string): Promise<TokenGrant | null>
}

interface Known extends TokenGrant {
  readonly expiresAtMs: number
  notedAtMs: number
}

const columns = `id, name, scope, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"`

export function createApiTokens(options: { readonly database: Database; readonly now?: () => Date }): ApiTokens {
  const { database } = options
  const now = options.now ?? (() => new Date())
  const known = new Map<string, Known>()

  async function noteUse(grant: Known): Promise<void> {
    const nowMs = now().getTime()
    if (nowMs - grant.notedAtMs < noteUseMs) return
    grant.notedAtMs = nowMs
    await database.asService((tx) =>
      tx.execute(`update core.api_tokens set last_used_at = $2 where id = $1`, [grant.tokenId, now().toISOString()]),
    )
  }

  return {
    async create(userId, { name, scope, expiresInDays }) {
      const token = prefix + newRefreshToken()
      const about = await database.asService(async (tx) => {
        const row = await tx.one<ApiToken>(
          `insert into core.api_tokens (user_id, name, scope, token_hash, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $5::timestamptz + make_interval(days => $6)) returning ${columns}`,
          [userId, name, scope, refreshTokenHash(token), now().toISOString(), expiresInDays ?? null],
        )
        if (!row) throw new Error('a token was not stored')
        await record(tx, { userId, action: 'tokens.created', ids: [row.id], details: { name, scope } })
        return row
      })
      return { about, token }
    },
    list: (userId) =>
      database.read(userId, (tx) =>
        tx.query<ApiToken>(
          `select ${columns} from core.api_tokens where revoked_at is null and (expires_at is null or expires_at > $1)
           order by created_at desc`,
          [now().toISOString()],
        ),
      ),
    async revoke(userId, id) {
      await database.asService(async (tx) => {
        const row = await tx.one<{ name: string }>(
          `update core.api_tokens set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null returning name`,
          [id, userId, now().toISOString()],
        )
        if (!row) throw new CofferError('There is no such token.', { code: 'not-found' })
        await record(tx, { userId, action: 'tokens.revoked', ids: [id], details: { name: row.name } })
      })
      known.clear()
    },
    async check(token) {
      if (!token.startsWith(prefix)) return null
      const hash = refreshTokenHash(token)
      let grant = known.get(hash)
      if (!grant) {
        const row = await database.asService((tx) =>
          tx.one<TokenGrant & { expiresAt: string | null }>(
            `select id as "tokenId", user_id as "userId", scope, expires_at as "expiresAt"
             from core.api_tokens where token_hash = $1 and revoked_at is null`,
            [hash],
          ),
        )
        if (!row) return null
        const expiresAtMs = row.expiresAt === null ? Infinity : Date.parse(row.expiresAt)
        grant = { tokenId: row.tokenId, userId: row.userId, scope: row.scope, expiresAtMs, notedAtMs: 0 }
        known.set(hash, grant)
      }
      if (grant.expiresAtMs <= now().getTime()) return null
      await noteUse(grant)
      return grant
    },
  }
}
