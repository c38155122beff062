import type { ReactNode } from 'react'
import type { PhotoSequence } from './data/sequence.ts'
import type { TimelineSpot, TimelineStore } from './data/timeline.ts'
import type { MessageKey } from './messages/translate.ts'
import type { ScreenName } from './route.ts'

/** A screen as the frame knows it. Each describes itself in its `screen.tsx`; `frame/screens.ts` lists them. */
export interface Screen {
  readonly name: ScreenName
  /** Whether something of it is named in the address, such as one of the albums. */
  readonly takesId?: boolean
  /** Its entry in the sidebar. */
  readonly Entry: (props: EntryProps) => ReactNode
  /** What leads to it from everywhere: `Ctrl F`, or `G T` for one key after the other. */
  readonly shortcut?: Shortcut
  /** The keys that work on it, for the list in the settings. */
  readonly keys?: KeyGroup
  readonly draw: (stage: Stage) => ReactNode
}

export interface EntryProps {
  readonly isCurrent: boolean
  /** What of the current screen is shown. */
  readonly id: string | null
  readonly isAdmin: boolean
}

/** What a screen has to draw itself with. */
export interface Stage {
  readonly id: string | null
  readonly isAdmin: boolean
  readonly timeline: TimelineStore
  /** The photo that gets the focus back when the viewer closes. */
  readonly returnTo: TimelineSpot | null
  /** Opens a photo in the viewer, which walks on through the sequence. */
  readonly onView: (sequence: PhotoSequence, first: TimelineSpot) => void
  readonly onImport: (kind: 'folders' | 'files') => void
  readonly keyGroups: readonly KeyGroup[]
}

/** Keys as they are written for people, and what they do. */
export interface Shortcut {
  readonly keys: string
  readonly meaning: MessageKey
}

export interface KeyGroup {
  readonly title: MessageKey
  readonly keys: readonly Shortcut[]
}
