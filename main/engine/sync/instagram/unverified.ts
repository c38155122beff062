/**
 * What Instagram's reference does not say, or what was read of it second hand. Where one of these is wrong, it is wrong here.
 */

/** Fields of the account. */
export const accountFields = 'user_id,username,account_type,name,profile_picture_url,media_count'

/** A list ends there, however much there is: what it lacks is not gone. */
export const mostListed = 10_000

/** Entries of a page. */
export const pageSize = 50

/** A new token of the app's own page is good for so long; that of an older one is told when it is renewed. */
export const tokenDays = 60

/** Codes of errors by what they mean. */
export const codes: Readonly<Record<number, 'failed' | 'limited' | 'expired' | 'refused'>> = {
  1: 'failed',
  2: 'failed',
  4: 'limited',
  17: 'limited',
  32: 'limited',
  613: 'limited',
  190: 'expired',
  10: 'refused',
  200: 'refused',
}

/** A subcode of error 100: there is no such object, or none that this account may see. */
export const missingObject = 33

/** How full a limit may become, in percent, and how long to wait where the service does not say. */
export const mostUsage = 80
export const usagePauseMs = 900_000
