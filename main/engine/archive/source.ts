import type { Reason } from '../../contract/index.ts'
import type { Tree } from './tree.ts'

/** A service or program whose exports can be read. */
export interface Source {
  /** As it is stored and named in reports: `mastodon`. */
  readonly name: string
  /** Whether a tree is an export of it: by what lies in it, never by names that follow a language. Null when it is none. */
  recognise(tree: Tree): Promise<Recognised | null>
  /**
   * Everything in it, in an order that is the same each time. What it cannot read it yields as a problem and goes on. Holds no
   * more than one record in memory.
   */
  read(tree: Tree, recognised: Recognised): AsyncIterable<Draft>
}

/** An export, and whose. */
export interface Recognised {
  readonly platform: string
  readonly account: {
    /** The account's id there; where an archive has none, its name there. */
    readonly platformUserId: string
    readonly username: string | null
    readonly displayName: string | null
    readonly profileUrl: string | null
  }
  /** Why it cannot be read although it is known: an export in HTML, for example. */
  readonly refused: Reason | null
}

/** What an export gives, one record after the other. */
export type Draft =
  | {
      readonly kind: 'post'
      /** Where it stands, for reports: `outbox.json#12`. */
      readonly locator: string
      /** Id as its format gives it. */
      readonly postId: string
      /** A name of `platforms`' formats. */
      readonly format: string
      /** The record as it stands in the export, without network addresses and tokens. */
      readonly data: object
    }
  | {
      /** A picture or film that belongs to no post. */
      readonly kind: 'media'
      readonly locator: string
      readonly path: string
      readonly takenAt: string | null
      readonly latitude: number | null
      readonly longitude: number | null
      readonly description: string | null
    }
  | {
      readonly kind: 'profile'
      readonly locator: string
      readonly displayName: string | null
      readonly bio: string | null
      readonly followers: number | null
      readonly following: number | null
    }
  | { readonly kind: 'problem'; readonly locator: string; readonly reason: Reason }
