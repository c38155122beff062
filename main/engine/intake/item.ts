import type { Reason } from '../../contract/index.ts'
import type { Keeping, SourceFile } from '../files/index.ts'
import type { FileKind, Inspection } from '../media/index.ts'
import type { LaterFacts } from './sidecars/apply.ts'
import type { NewSidecar } from './sidecars/take.ts'

/** A file of an import that still waits. */
export interface WaitingItem {
  readonly id: number
  readonly file: SourceFile
  /** What this path held when it was last imported, if that was damaged: a copy may have gone on since. */
  readonly half?: Half
}

/** An item that is known not to be whole. */
export interface Half {
  readonly mediaId: string
  readonly hash: string
  readonly sizeBytes: number
  /** Where its bytes are kept, relative to the vault; null when it was only indexed in place, where they are gone. */
  readonly keptAt: string | null
}

/** A media row on its way, with what must be moved before it may be stored. */
export interface NewMedia {
  readonly id: string
  readonly filename: string
  readonly kind: FileKind
  readonly sizeBytes: number
  readonly hash: string
  readonly storage: 'vault' | 'reference'
  readonly filePath: string
  readonly inspection: Inspection
  readonly thumbnailPath: string | null
  /** Of everything that comes with it, its sidecar too. */
  readonly keeping: readonly Keeping[]
  /** The XMP file its facts were read together with. */
  readonly sidecar: NewSidecar | null
}

/** What became of one file. `unsettled`: it is still being written, or another program holds it. */
export type ItemResult = SettledResult | { readonly outcome: 'unsettled'; readonly item: WaitingItem }

export type SettledResult =
  | {
      readonly outcome: 'new'
      readonly item: WaitingItem
      readonly media: NewMedia
      /** The item that was only a part of this file; what was said of it goes over to this one. */
      readonly replaces?: string
    }
  | {
      readonly outcome: 'duplicate'
      readonly item: WaitingItem
      readonly mediaId: string | null
      /** It was in the trash: bringing it in again takes it out. */
      readonly restore: boolean
      /** It is only indexed in place and has moved to the path of this file. */
      readonly hasMoved?: boolean
      readonly replaces?: string
      readonly reason: Reason | null
    }
  | {
      readonly outcome: 'sidecar'
      readonly item: WaitingItem
      readonly sidecar: NewSidecar
      /** The item it belongs to; null keeps it until that comes. */
      readonly mediaId: string | null
      /** What its photo is called. */
      readonly name: string
      /** What it says that is not known yet. */
      readonly apply: LaterFacts | null
      /** What it gave when its bytes came before. */
      readonly knownFields: readonly string[]
    }
  | {
      readonly outcome: 'stacked' | 'unsupported' | 'failed'
      readonly item: WaitingItem
      readonly reason: Reason
    }
