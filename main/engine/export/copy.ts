import { lutimes, rename, stat } from 'node:fs/promises'
import { CofferError, isDiskFull, systemCode } from '../base/errors.ts'
import { makeFolderInside, pathInside, removeInside } from '../base/inside.ts'
import { openable } from '../base/path-text.ts'
import { takeIn, type Originals } from '../files/index.ts'
import type { Item } from './gather.ts'
import { fileTimeMs, rowOf } from './places.ts'

/** What is to be copied, and where to, relative to the export. */
interface Copied {
  readonly item: Pick<Item, 'id' | 'sha256' | 'filePath' | 'isReference' | 'takenAt' | 'takenLocal' | 'sourceMtimeMs'>
  readonly path: string
}

export type CopyOutcome = 'copied' | 'missing' | 'damaged' | 'changing'

export interface CopyTarget {
  readonly dir: string
  readonly originals: Originals
  /** Of the files; the system's mask still applies. */
  readonly mode: number
}

/**
 * Copies one original to its place: read once, compared with its hash, on the disk before it has its name, with the time
 * it was taken. A damaged one is copied as it is, since there may be no other. No link in the target is followed. Throws what
 * the destination throws.
 */
export async function copyOriginal(
  { dir, originals, mode }: CopyTarget,
  { item, path }: Copied,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const folder = path.split('/').slice(0, -1).join('/')
  const part = `${folder === '' ? '' : `${folder}/`}.${item.id}.part`
  let source: string
  try {
    source = await originals.place(rowOf(item))
  } catch {
    // Gone, not to be read, or in a place that may not be followed.
    return 'missing'
  }
  if (!(await stat(openable(source)).catch(() => null))) return 'missing'
  if (folder !== '') await makeFolderInside(dir, folder)
  await removeInside(dir, part)
  try {
    const staged = await takeIn({ path: source }, { copyTo: pathInside(dir, part), headBytes: 0, mode, signal })
    await setTime(dir, part, fileTimeMs(item))
    await rename(pathInside(dir, part), pathInside(dir, path))
    return staged.hash === item.sha256 ? 'copied' : 'damaged'
  } catch (error) {
    await removeInside(dir, part).catch(() => {})
    if (signal.aborted || isDiskFull(error)) throw error
    if (error instanceof CofferError && error.code === 'file-changing') return 'changing'
    // Only what comes from reading the original is the item's own trouble.
    if (['EIO', 'EACCES', 'EPERM', 'ENOENT'].includes(systemCode(error) ?? '') && !(await isReadable(source))) {
      return 'missing'
    }
    throw error
  }
}

async function isReadable(path: string): Promise<boolean> {
  return takeIn({ path }, { copyTo: null, headBytes: 0 }).then(
    () => true,
    () => false,
  )
}

/** FAT knows no years before 1980 and some drives no times at all; a photo is worth more than its file time. */
export async function setTime(dir: string, path: string, timeMs: number | null): Promise<void> {
  if (timeMs === null || !Number.isFinite(timeMs)) return
  await lutimes(pathInside(dir, path), new Date(timeMs), new Date(timeMs)).catch(() => {})
}
