import { browserKeyHeader, browserPaths, ownHostMeta } from '../../main/contract/browser.ts'

/**
 * In a browser the page moves to a host name of its own, where it has a cookie that no other port of this computer gets.
 * Where the browser does not find that name, the page keeps a key for as long as its tab is open and sends it itself.
 */
const keptAs = 'coffer-page-key'
const renewTicketMs = 4 * 60_000
const probeMs = 1500

const isInBrowser = location.protocol === 'http:' || location.protocol === 'https:'
const isShared = isInBrowser && ['127.0.0.1', 'localhost'].includes(location.hostname)

let key = isShared ? sessionStorage.getItem(keptAs) : null
let ticket: string | null = null

/** What every request of this page carries. */
export function pageHeaders(): Readonly<Record<string, string>> {
  return key === null ? {} : { [browserKeyHeader]: key }
}

/** The address of a picture or film, with the ticket it needs where the page cannot send a header with it. */
export function withTicket(address: string): string {
  return ticket === null ? address : `${address}?ticket=${ticket}`
}

/** Settles this page in its browser before anything is drawn. False when it is about to move to its own host. */
export async function settlePage(): Promise<boolean> {
  const token = isInBrowser ? new URLSearchParams(location.search).get('token') : null
  if (!isShared) {
    if (token !== null) history.replaceState(null, '', '/')
    return true
  }
  if (token !== null) {
    const host = document.querySelector<HTMLMetaElement>(`meta[name="${ownHostMeta}"]`)?.content
    if (host !== undefined && (await isFound(host))) {
      location.replace(`http://${host}/?token=${token}`)
      return false
    }
    history.replaceState(null, '', '/')
    await takeKey(token)
  }
  if (key !== null) {
    await renewTicket()
    setInterval(() => void renewTicket(), renewTicketMs)
  }
  return true
}

async function isFound(host: string): Promise<boolean> {
  try {
    await fetch(`http://${host}${browserPaths.probe}`, { mode: 'no-cors', signal: AbortSignal.timeout(probeMs) })
    return true
  } catch {
    // This browser does not look for names below localhost on this computer.
    return false
  }
}

async function takeKey(token: string): Promise<void> {
  const answer = await fetch(browserPaths.session, { method: 'POST', headers: { [browserKeyHeader]: token } })
  if (!answer.ok) return
  const { key: given } = (await answer.json()) as { key: string }
  key = given
  sessionStorage.setItem(keptAs, given)
}

async function renewTicket(): Promise<void> {
  // When the engine is away the old one lasts some minutes more, and the next turn asks again.
  const answer = await fetch(browserPaths.ticket, { method: 'POST', headers: pageHeaders() }).catch(() => null)
  if (answer?.ok === true) ticket = ((await answer.json()) as { ticket: string }).ticket
}
