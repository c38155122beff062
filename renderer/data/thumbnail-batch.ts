/** What the window asks of the thread that brings thumbnails. */
export type BatchRequest = Bring | { readonly end: number }

export interface Bring {
  /** The number its answers carry. */
  readonly bring: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** For each picture the size it is to have, in pixels; the side that is null follows from its shape. */
  readonly boxes: readonly { readonly width: number | null; readonly height: number | null }[]
}

/** What comes back: each picture once, or null for one that is not there, then how it ended. */
export type BatchAnswer =
  | {
      readonly kind: 'picture'
      readonly batch: number
      readonly index: number
      readonly bitmap: ImageBitmap | null
    }
  | { readonly kind: 'done' | 'failed'; readonly batch: number }
