/** What the page and `coffer serve` agree on; see [Note: a host name of its own] in the engine. */
export const browserPaths = {
  /** Answers anyone who finds the host, so that a page can tell whether its browser does. */
  probe: '/browser/probe',
  /** Exchanges the token of the address for a key that the page keeps. */
  session: '/browser/session',
  ticket: '/browser/ticket',
} as const

/** The header in which a page sends its key. */
export const browserKeyHeader = 'x-coffer-page'

/** The name of the meta element that says which host to move to. */
export const ownHostMeta = 'coffer-host'
