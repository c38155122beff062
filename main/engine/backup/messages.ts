/** One original on its way into a pack. */
export interface SourceOriginal {
  readonly hash: string
  readonly size: number
  /** Full path of its bytes. */
  readonly path: string
}

export interface WriteRequest {
  readonly kind: 'write'
  readonly files: readonly SourceOriginal[]
  readonly recipient: string
  /** Where the pack is written before it has its name. */
  readonly temporary: string
}

export interface WriteResult {
  /** SHA-256 of the pack; null when no file could be packed, and then nothing was left behind. */
  readonly pack: string | null
  readonly size: number
  readonly entries: readonly (readonly [string, number])[]
  /** Files that are gone, cannot be read, or are not the bytes they were kept as. */
  readonly bad: readonly { readonly hash: string; readonly path: string; readonly reason: 'missing' | 'damaged' }[]
}

export interface ReadRequest {
  readonly kind: 'read'
  readonly path: string
  /** The name its bytes must have; not looked at when null. */
  readonly name: string | null
  /** Decrypts with this key and holds every entry against its hash; without it only the name is looked at. */
  readonly identity: string | null
  /** Where to write entries, by hash. Others are only read. */
  readonly targets: readonly (readonly [hash: string, paths: readonly string[]])[]
}

export interface ReadResult {
  readonly bytes: number
  /** Hashes of the entries that were whole. */
  readonly whole: readonly string[]
  readonly damage: string | null
}

export type PackRequest = WriteRequest | ReadRequest
export interface PackAnswer {
  readonly id: number
  readonly result?: ({ readonly kind: 'write' } & WriteResult) | ({ readonly kind: 'read' } & ReadResult)
  readonly problem?: { readonly code: string; readonly message: string }
}
