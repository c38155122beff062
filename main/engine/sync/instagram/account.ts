import { z } from 'zod'
import { endsIn } from '../as-account.ts'
import type { Connected, Session, Tokens } from '../connector.ts'
import { noTokens } from '../connector.ts'
import { sentences, type Fetch } from '../http.ts'
import { readAnswer } from '../read-answer.ts'
import { ServiceError, type Trouble } from '../service-error.ts'
import { call } from './calls.ts'
import { accountFields, tokenDays } from './unverified.ts'

const accountSchema = z.looseObject({
  user_id: z.union([z.string(), z.int()]).transform(String).optional(),
  id: z.union([z.string(), z.int()]).transform(String).optional(),
  username: z.string().min(1).max(200),
  name: z.string().nullish().catch(null),
})

/** What passes by itself: nothing is wrong with the token. */
const passing: readonly Trouble[] = ['offline', 'limited', 'failed']

/** The account of a token that somebody made in the dashboard of their own app and pasted. */
export async function accountOf(
  secret: string | null,
  by: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<Connected> {
  const given = secret?.trim() ?? ''
  if (given === '') throw new ServiceError('refused', 'Paste a token that you made for your account.')
  try {
    const tokens = await firstTokens(given, by)
    const { json } = await call(by, '/me', tokens.access ?? '', { fields: accountFields })
    const account = readAnswer(accountSchema, json)
    const id = account.user_id ?? account.id
    if (id === undefined) throw new ServiceError('nonsense', sentences.nonsense)
    return {
      platformUserId: id,
      username: account.username,
      displayName: account.name || null,
      profileUrl: `https://www.instagram.com/${encodeURIComponent(account.username)}/`,
      avatarUrl: null,
      server: null,
      authKind: 'oauth',
      tokens,
    }
  } catch (error) {
    if (error instanceof ServiceError && error.trouble === 'expired') {
      throw new ServiceError('refused', 'Instagram does not take this token. Make a new one.')
    }
    throw error
  }
}

/** Only renewing a token tells when it ends. One that is not a day old cannot be renewed yet, and has all its time before it. */
async function firstTokens(
  access: string,
  by: { readonly network: Fetch; readonly signal: AbortSignal },
): Promise<Tokens> {
  try {
    return await renewed(access, by)
  } catch (error) {
    if (!(error instanceof ServiceError) || passing.includes(error.trouble)) throw error
    return { ...noTokens, access, expiresAt: endsIn(tokenDays * 86_400) }
  }
}

/** A token for sixty days more. One that still counts stays where there is no new one to be had. */
export async function refresh(session: Session): Promise<Tokens> {
  const old = session.tokens()
  try {
    return await renewed(old.access ?? '', session)
  } catch (error) {
    // Whether it has ended tells the service, not this computer's clock.
    if (!(error instanceof ServiceError) || error.trouble === 'expired' || error.trouble === 'offline') throw error
    return old
  }
}

async function renewed(access: string, by: { readonly network: Fetch; readonly signal: AbortSignal }): Promise<Tokens> {
  const { json } = await call(by, '/refresh_access_token', access, { grant_type: 'ig_refresh_token' })
  const token = readAnswer(z.looseObject({ access_token: z.string().min(1).max(10_000), expires_in: z.number() }), json)
  return { ...noTokens, access: token.access_token, expiresAt: endsIn(token.expires_in) }
}
