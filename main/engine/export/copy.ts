import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CofferError, isDiskFull, systemCode } from '../base/errors.ts'
import { takeIn } from '../files/index.ts'
import { fileTimeMs, sourceOf, type Placed } from './places.ts'

export type CopyOutcome = 'copied' | 'missing' | 'damaged' | 'changing'

/**
 * Copies one original to its place: read once, held against its hash, on the disk before it has its name, with the time
 * it was taken. A damaged one is copied as it is, since there may be no other. Throws what the destination throws.
 */
export async function copyOriginal(
  target: { readonly dir: string; readonly vaultDir: string },
  { item, path }: Placed,
  signal: AbortSignal,
): Promise<CopyOutcome> {
  const to = join(target.dir, path)
  const part = join(dirname(to), `.${item.id}.part`)
  const source = sourceOf(target.vaultDir, item)
  const facts = await stat(source, { bigint: true }).catch(() => null)
  if (!facts?.isFile()) return 'missing'
  await mkdir(dirname(to), { recursive: true })
  await rm(part, { force: true })
  const file = {
    path: source,
    pathRaw: null,
    sizeBytes: Number(facts.size),
    mtimeNs: facts.mtimeNs,
    ctimeNs: facts.ctimeNs,
    inode: '',
  }
  try {
    const staged = await takeIn(file, { copyTo: part, headBytes: 0, signal })
    await setTime(part, fileTimeMs(item))
    await rename(part, to)
    return staged.hash === item.sha256 ? 'copied' : 'damaged'
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
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
  return takeIn(
    { path, pathRaw: null, sizeBytes: 0, mtimeNs: 0n, ctimeNs: 0n, inode: '' },
    { copyTo: null, headBytes: 0 },
  ).then(
    () => true,
    () => false,
  )
}

/** FAT knows no years before 1980 and some drives no times at all; a photo is worth more than its file time. */
export async function setTime(path: string, timeMs: number | null): Promise<void> {
  if (timeMs === null || !Number.isFinite(timeMs)) return
  await utimes(path, new Date(timeMs), new Date(timeMs)).catch(() => {})
}
