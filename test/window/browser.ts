/** What the window's logic asks of a browser, for tests that have none: an address, and
 * itself. Import it before anything of the window. */
Object.assign(globalThis, { location: new URL('coffer://vault/index.html'), window: globalThis })
