import { useSyncExternalStore } from 'react'

/** Every screen by its name in the address. Each adds its own name, in its `screen.tsx`. */
export interface ScreenNames {}
export type ScreenName = keyof ScreenNames

/** What an address names. Whether there is such a screen is for the frame to say. */
export interface Place {
  readonly name: string
  /** What of the screen: an album, an import, a text that is looked for. */
  readonly id: string | null
}

/** The screen is named in the address, so that reloading the window stays where it was. */
export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => location.hash))
}

/** Reads an address such as `#/albums/ID`. */
export function placeOf(hash: string): Place {
  const [, name = '', id] = hash.split('/')
  return { name, id: decoded(id) }
}

/** The address of a screen. */
export function hrefOf(screen: ScreenName, id: string | null = null): string {
  return id === null || id === '' ? `#/${screen}` : `#/${screen}/${encodeURIComponent(id)}`
}

/** Goes on in the same place: the way back leads past it. */
export function replaceRoute(screen: ScreenName, id: string | null = null): void {
  history.replaceState(null, '', hrefOf(screen, id))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function goTo(screen: ScreenName, id: string | null = null): void {
  location.hash = hrefOf(screen, id)
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
