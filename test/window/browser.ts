/** What the window's logic asks of a browser, for tests that have none: an address, events, and
 * itself. Import it before anything of the window. */
const events = new EventTarget()
Object.assign(globalThis, {
  location: new URL('coffer://vault/index.html'),
  window: globalThis,
  addEventListener: events.addEventListener.bind(events),
  removeEventListener: events.removeEventListener.bind(events),
  dispatchEvent: events.dispatchEvent.bind(events),
})
