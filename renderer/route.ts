import { useSyncExternalStore } from 'react'

export type Route =
  | { readonly screen: 'timeline' }
  | { readonly screen: 'trash' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'activity' }
  | { readonly screen: 'backups' }
  | { readonly screen: 'albums'; readonly id: string | null }
  | { readonly screen: 'imports'; readonly id: string | null }
  /** What to look for. */
  | { readonly screen: 'search'; readonly id: string | null }

/** The screen is named in the address, so that reloading the window stays where it was. */
export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => location.hash))
}

export function hrefOf(route: Route): string {
  return 'id' in route && route.id !== null && route.id !== ''
    ? `#/${route.screen}/${encodeURIComponent(route.id)}`
    : `#/${route.screen}`
}

/** Goes on in the same place: the way back leads past it. */
export function replaceRoute(route: Route): void {
  history.replaceState(null, '', hrefOf(route))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function goTo(route: Route): void {
  location.hash = hrefOf(route)
}

/** A place as a link names it, such as `albums/ID`; one that is unknown leads to the timeline. */
export function goToPlace(place: string): void {
  goTo(parse(`#/${place}`))
}

function parse(hash: string): Route {
  const [, screen, id] = hash.split('/')
  if (screen === 'imports' || screen === 'albums' || screen === 'search') return { screen, id: decoded(id) }
  if (screen === 'trash' || screen === 'activity' || screen === 'backups' || screen === 'settings') return { screen }
  return { screen: 'timeline' }
}

function decoded(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null
  } catch {
    // Typed by hand, or cut off.
    return null
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
