import { useSyncExternalStore } from 'react'

export type Route =
  | { readonly screen: 'timeline' }
  | { readonly screen: 'trash' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'activity' }
  | { readonly screen: 'backups' }
  | { readonly screen: 'albums'; readonly id: string | null }
  | { readonly screen: 'imports'; readonly id: string | null }

/** The screen is named in the address, so that reloading the window stays where it was. */
export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => location.hash))
}

export function hrefOf(route: Route): string {
  return 'id' in route && route.id !== null ? `#/${route.screen}/${route.id}` : `#/${route.screen}`
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
  if (screen === 'imports' || screen === 'albums') return { screen, id: id || null }
  if (screen === 'trash' || screen === 'activity' || screen === 'backups' || screen === 'settings') return { screen }
  return { screen: 'timeline' }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
