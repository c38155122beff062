import type { AccountOf } from '../platforms/index.ts'

/** The connection that posts belong to. */
export interface PostAccount extends AccountOf {
  readonly id: string
  readonly platform: string
}

/** How a payload came: fetched by a sync, the first long one, told by a stream, from an export, or tried again. */
export type PayloadSource = 'fetch' | 'backfill' | 'stream' | 'import' | 'retry'

/** A payload that is, or says, one post. */
export interface RawPost {
  readonly postId: string
  /** Name of its format among those of `platforms`; `gone` says that the service has it no more. */
  readonly format: string
  readonly data: unknown
}

export const goneFormat = 'gone'
