import type { RawPost } from '../posts/index.ts'
import type { Fetch } from './http.ts'

/** Tokens of an account, in the clear. */
export interface Tokens {
  readonly access: string | null
  readonly refresh: string | null
  /** When the access token ends, ISO 8601; null where it does not, or nobody says. */
  readonly expiresAt: string | null
  readonly scope: string | null
}

export const noTokens: Tokens = { access: null, refresh: null, expiresAt: null, scope: null }

/** An account as the service tells of it. */
export interface Connected {
  readonly platformUserId: string
  readonly username: string | null
  readonly displayName: string | null
  readonly profileUrl: string | null
  readonly avatarUrl: string | null
  /** Where it is asked, where its service has many servers. */
  readonly server: string | null
  readonly authKind: 'oauth' | 'app_password' | 'none'
  readonly tokens: Tokens
}

/** One account for as long as one sync takes. */
export interface Session {
  readonly connectionId: string
  readonly platformUserId: string
  readonly username: string | null
  readonly server: string | null
  readonly network: Fetch
  readonly signal: AbortSignal
  /** Tokens as they are now. */
  tokens(): Tokens
  /** A client of the person's own, or the one this program registered with the server. */
  client(): { readonly id: string; readonly secret: string | null } | null
  /** Stores new tokens before anything is done with them. */
  renew(tokens: Tokens): Promise<void>
  /** Which of some posts are not stored as they are: that are new, or were told of otherwise before. */
  unknown(posts: readonly RawPost[]): Promise<ReadonlyMap<string, 'new' | 'changed'>>
  /** Waits as long as the service wants to be left alone; throws `ServiceError` limited where that is longer than a sync should wait. */
  pause(ms: number): Promise<void>
}

/** Posts in an answer, and where to go on after it. */
export interface Page {
  /** In the words of the service. */
  readonly eventType: string
  /** The answer around the posts, each of which is `{ $post: id }`; no tokens. */
  readonly envelope: unknown
  readonly posts: readonly RawPost[]
  /** Posts that the service showed in this answer and that come in a later page. */
  readonly alsoThere?: readonly string[]
  /** What the next sync, or this one when it was cut off, begins with. JSON. */
  readonly cursor: unknown
  /** At the end of a walk through everything there is: what is not among these is gone. */
  readonly isEndOfWalk?: boolean
  /** Begins a walk through everything: what was seen before counts no more. */
  readonly isStartOfWalk?: boolean
}

/** What a service needs to be synced. */
export interface Connector {
  readonly platform: string
  /** Connects by a name, an app password or a token. Throws `ServiceError`. */
  connect?(
    given: { readonly server: string | null; readonly handle: string | null; readonly secret: string | null },
    by: { readonly network: Fetch; readonly signal: AbortSignal },
  ): Promise<Connected>
  /** Signing in in the browser. */
  readonly oauth?: OAuthWay
  /** New tokens in place of those that have ended. Throws `ServiceError` expired where there are none to be had. */
  refresh?(session: Session): Promise<Tokens>
  /** How long before they end tokens are renewed; five minutes where it is not said. */
  readonly refreshBeforeMs?: number
  /** Everything new since a cursor, page by page; null begins. What was stored with a page is not given again. */
  pages(session: Session, cursor: unknown): AsyncIterable<Page>
  /** Where the service tells that something of an account has happened; null where it does not. */
  streamAddress?(account: { readonly platformUserId: string; readonly server: string | null }): string | null
  /** Where a medium is to be fetched now; null where it cannot be. */
  mediaAddress(
    session: Session,
    medium: {
      readonly key: string
      readonly url: string
      /** How often it was tried, this time included. */
      readonly attempts: number
    },
  ): Promise<{
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
  } | null>
}

export interface OAuthWay {
  /** True where the person brings a client of their own. */
  readonly needsOwnClient: boolean
  /** How this computer is called in the address the service sends people back to, where it is not 127.0.0.1. */
  readonly redirectHost?: 'localhost'
  /** The address to sign in at. */
  begin(given: {
    readonly server: string | null
    readonly redirect: string
    readonly state: string
    readonly challenge: string
    readonly client: { readonly id: string; readonly secret: string | null } | null
    readonly network: Fetch
    readonly signal: AbortSignal
  }): Promise<{
    readonly url: string
    readonly client: { readonly id: string; readonly secret: string | null }
    readonly server: string | null
  }>
  /** The account, for the code that the service sent back. */
  finish(given: {
    readonly code: string
    /** All that the service put behind the address it sent people back to. */
    readonly query: URLSearchParams
    readonly verifier: string
    readonly redirect: string
    readonly client: { readonly id: string; readonly secret: string | null }
    readonly server: string | null
    readonly network: Fetch
    readonly signal: AbortSignal
  }): Promise<Connected>
}
