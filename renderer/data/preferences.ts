import { useSyncExternalStore } from 'react'

/** Small habits of the person, kept in this window's own storage. */
export interface Preferences {
  readonly askBeforeImport: boolean
  readonly importByReference: boolean
  /** Height of a row of the timeline, in pixels. */
  readonly rowHeight: number
  readonly theme: Theme
  readonly albumSort: 'name' | 'changed' | 'made'
  /** Until then the timeline says nothing of a backup that is out of date. */
  readonly backupNagFrom: number
  /** Minutes without a hand on mouse or keyboard after which the vault is locked; 0 is never. */
  readonly lockAfterMinutes: number
  /** Who signed in last, to be chosen already the next time. */
  readonly lastPerson: string | null
}

export type Theme = 'system' | 'light' | 'dark'

const key = 'coffer.preferences'
const defaults: Preferences = {
  askBeforeImport: true,
  importByReference: false,
  rowHeight: 200,
  theme: 'system',
  albumSort: 'name',
  backupNagFrom: 0,
  lockAfterMinutes: 15,
  lastPerson: null,
}
const listeners = new Set<() => void>()
let current = read()

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

export function preferences(): Preferences {
  return current
}

export function setPreferences(changed: Partial<Preferences>): void {
  current = { ...current, ...changed }
  try {
    localStorage.setItem(key, JSON.stringify(current))
  } catch {
    // Then they hold until the window closes.
  }
  for (const listener of listeners) listener()
}

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...defaults, ...kept } : defaults
  } catch {
    // Storage can be off or hold something unreadable: begin as on the first day.
    return defaults
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
