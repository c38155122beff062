import { createHash, randomBytes } from 'node:crypto'
import { JOSEError } from 'jose/errors'
import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'

/** Who an access token speaks for. */
export interface TokenClaims {
  readonly userId: string
  readonly sessionId: string
  readonly expiresAtMs: number
}

export interface TokenSigner {
  /** A JWT (RFC 7519) signed with HS256 that is good for `seconds`. */
  sign(claims: { readonly userId: string; readonly sessionId: string }, seconds: number): Promise<string>
  /** What a token says, or null when it was not signed here, is for another vault, or is out of date. */
  verify(token: string): Promise<TokenClaims | null>
}

const keyBytes = 32

/**
 * Signs the access tokens of one opened vault. The key is made here, lives in memory only and ends with the engine, so
 * there is nothing to steal from the vault, its database or a backup; sessions outlive it by their refresh tokens.
 */
export function createTokenSigner(vaultId: string, now: () => Date = () => new Date()): TokenSigner {
  const key = new Uint8Array(randomBytes(keyBytes))
  const issuer = `urn:coffer:vault:${vaultId}`
  return {
    sign({ userId, sessionId }, seconds) {
      const issuedAt = Math.floor(now().getTime() / 1000)
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(key)
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          typ: 'at+jwt',
          issuer,
          requiredClaims: ['sub', 'sid', 'exp'],
          currentDate: now(),
        })
        const { sub, sid, exp } = payload
        if (sub === undefined || typeof sid !== 'string' || exp === undefined) return null
        return { userId: sub, sessionId: sid, expiresAtMs: exp * 1000 }
      } catch (error) {
        if (error instanceof JOSEError) return null
        throw error
      }
    },
  }
}

/** 256 random bits as text that is safe in a header and a cookie. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a refresh token: SHA-256, hex. The token is random, so a fast hash is enough. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
