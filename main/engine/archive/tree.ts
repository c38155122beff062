import type { Readable } from 'node:stream'

/** Files of an export, whether it is a folder, one archive, or several that belong together. Nothing in it is trusted. */
export interface Tree {
  /** Name of the file or folder that was given, for reports. */
  readonly name: string
  /** All files, by their paths from the top with `/`, in the order of those. A folder that holds everything is left out of them. */
  files(): readonly TreeFile[]
  /** Null where there is none. */
  find(path: string): TreeFile | null
}

export interface TreeFile {
  readonly path: string
  /** Bytes it says it has; no more are ever given. */
  readonly size: number
  open(): Promise<Readable>
  /** All of it. Throws `archive-damaged` for more than `maxBytes`, 16 MB unless said otherwise. */
  bytes(maxBytes?: number): Promise<Buffer>
}
