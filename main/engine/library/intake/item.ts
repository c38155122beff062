import type { Inspection, FileKind } from '../../media/index.ts'
import type { Keeping, SourceFile } from '../../files/index.ts'

/** A file of an import that still waits. */
export interface WaitingItem {
  readonly id: number
  readonly file: SourceFile
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
  readonly keeping: readonly Keeping[]
}

/** What became of one file. `later`: it is still being written, or another program holds it. */
export type ItemResult =
  | { readonly outcome: 'new'; readonly item: WaitingItem; readonly media: NewMedia }
  | {
      readonly outcome: 'duplicate'
      readonly item: WaitingItem
      readonly mediaId: string | null
      /** It was in the trash: bringing it in again takes it out. */
      readonly restore: boolean
      /** It is only indexed in place and has moved to the path of this file. */
      readonly hasMoved?: boolean
      readonly reason: string | null
    }
  | {
      readonly outcome: 'stacked' | 'unsupported' | 'failed'
      readonly item: WaitingItem
      readonly reason: string
    }
  | { readonly outcome: 'later'; readonly item: WaitingItem; readonly reason: string }
