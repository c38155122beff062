import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { openable } from '../base/path-text.ts'

/** A file found on disk. `path` is path text ([Note: paths are bytes]): open it by `openable(path)`. */
export interface SourceFile {
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly inode: string
}

/** Disks tell times from the year 1601 to beyond 9508591; the database counts nanoseconds in 64 bits, 1677 to 2262. */
const [earliestNs, latestNs] = [-(2n ** 63n), 2n ** 63n - 1n]

function storableNs(ns: bigint): bigint {
  return ns < earliestNs ? earliestNs : ns > latestNs ? latestNs : ns
}

/** A file as the system describes it now, with times that can be stored and reckoned with. */
export function sourceFile(path: string, facts: BigIntStats): SourceFile {
  return {
    path,
    sizeBytes: Number(facts.size),
    mtimeNs: storableNs(facts.mtimeNs),
    ctimeNs: storableNs(facts.ctimeNs),
    inode: identity(facts),
  }
}

/** What a file is like now; null when it is not there, or cannot be looked at. */
export async function lookAt(path: string): Promise<SourceFile | null> {
  const facts = await stat(openable(path), { bigint: true }).catch(() => null)
  return facts && sourceFile(path, facts)
}

/** When a file was last changed, in milliseconds since 1970: never outside of what calendars here can reckon with. */
export function modifiedMs(file: Pick<SourceFile, 'mtimeNs'>): number {
  return Number(file.mtimeNs / 1_000_000n)
}

/** One file or folder of one disk, by whatever path. */
export function identity(facts: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${facts.dev}:${facts.ino}`
}
