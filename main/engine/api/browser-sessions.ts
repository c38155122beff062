import { newSecret, sameSecret } from '../keys/index.ts'

/** Long enough for a film to be begun; anyone who still looks gets a new one before it ends. */
const ticketMs = 10 * 60_000

/**
 * One browser that opened the address. The cookies of its session in the vault stay here, in this process: a browser
 * would send them to every port of the computer.
 */
export interface BrowserSession {
  readonly key: string
  readonly cookies: Map<string, string>
  /** Lets pictures and films be fetched by their address alone for some minutes, where a page cannot send a header. */
  newTicket(): string
}

export interface BrowserSessions {
  /** Begins a session with the token of the address, which is good once. Null for any other. */
  begin(token: string): BrowserSession | null
  /** Whether this is the token, without using it up. */
  isToken(token: string): boolean
  ofKey(key: string): BrowserSession | null
  ofTicket(ticket: string): BrowserSession | null
}

export function createBrowserSessions(token: string, now: () => number = Date.now): BrowserSessions {
  let unused: string | null = token
  const sessions: BrowserSession[] = []
  let tickets: { readonly ticket: string; readonly session: BrowserSession; readonly untilMs: number }[] = []

  const isToken = (offered: string): boolean => unused !== null && sameSecret(offered, unused)
  return {
    isToken,
    begin(offered) {
      if (!isToken(offered)) return null
      unused = null
      const session: BrowserSession = {
        key: newSecret(),
        cookies: new Map(),
        newTicket() {
          const ticket = newSecret()
          tickets = [...tickets.filter((each) => each.untilMs > now()), { ticket, session, untilMs: now() + ticketMs }]
          return ticket
        },
      }
      sessions.push(session)
      return session
    },
    ofKey: (key) => sessions.find((each) => sameSecret(each.key, key)) ?? null,
    ofTicket: (ticket) =>
      tickets.find((each) => each.untilMs > now() && sameSecret(each.ticket, ticket))?.session ?? null,
  }
}

/** Keeps what an answer sets as cookies; what it takes back goes. */
export function keepCookies(cookies: Map<string, string>, given: readonly string[]): void {
  for (const line of given) {
    const [pair = '', ...attributes] = line.split(';')
    const at = pair.indexOf('=')
    const isOver = attributes.some((each) => each.trim().toLowerCase() === 'max-age=0')
    if (isOver) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

/** Cookies as a request carries them. */
export function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
