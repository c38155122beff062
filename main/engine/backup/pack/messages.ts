import type { OriginalPlace } from '../../files/index.ts'
import type { AgeHead } from '../../keys/index.ts'

/** One original on its way into a pack, and where its bytes are. */
export interface SourceOriginal extends OriginalPlace {
  readonly hash: string
  readonly size: number
}

export interface WriteRequest {
  readonly kind: 'write'
  readonly files: readonly SourceOriginal[]
  readonly recipient: string
  /** Of the first attempt. */
  readonly head: AgeHead
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

/** One encrypted tar with everything: `parts` first, then the originals at their places, then `end.json`. */
export interface ArchiveRequest {
  readonly kind: 'archive'
  readonly temporary: string
  readonly head: AgeHead
  readonly parts: readonly ArchivePart[]
  readonly files: readonly (SourceOriginal & { readonly name: string })[]
}

export type ArchivePart = { readonly name: string } & ({ readonly text: string } | { readonly file: string })

export interface ArchiveResult {
  /** Bytes of the finished file. */
  readonly size: number
  readonly bad: WriteResult['bad']
}

/** How far an archive is. */
export interface ArchiveStep {
  readonly files: number
  readonly bytes: number
}

export interface ReadRequest {
  readonly kind: 'read'
  readonly path: string
  /** The name its bytes must have; not looked at when null. */
  readonly name: string | null
  /** Opens it and holds every entry against its hash; without it only the name is looked at. */
  readonly head: AgeHead | null
  /** Where to write entries, by hash. Others are only read. */
  readonly targets: readonly (readonly [hash: string, paths: readonly string[]])[]
}

export interface ReadResult {
  readonly bytes: number
  /** Hashes and sizes of the entries that were whole. */
  readonly whole: readonly (readonly [hash: string, size: number])[]
  readonly damage: string | null
}

export type PackRequest = WriteRequest | ReadRequest | ArchiveRequest
export interface PackAnswer {
  readonly id: number
  readonly result?:
    | ({ readonly kind: 'write' } & WriteResult)
    | ({ readonly kind: 'read' } & ReadResult)
    | ({ readonly kind: 'archive' } & ArchiveResult)
  /** Not the end yet. */
  readonly step?: ArchiveStep
  readonly problem?: { readonly code: string; readonly message: string }
}
