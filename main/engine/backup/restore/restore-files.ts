import { mkdir, readdir } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { CofferError } from '../../base/errors.ts'
import { findSnapshot } from '../check/check.ts'
import { readContents, type Contents } from './contents.ts'
import { extract } from './extract.ts'
import type { Repository } from '../repository/repository.ts'
import type { RestoreOptions } from './restore.ts'
import { resultOf, type RestoreResult } from './restored.ts'
import type { SnapshotFile } from '../create/snapshot.ts'

/**
 * Restores only some originals under their own names into a folder: `only` has names of files or albums, or ids. A name
 * that is taken gets a number. Throws `not-found` when nothing fits.
 */
export async function restoreFiles(
  repository: Repository,
  to: string,
  only: readonly string[],
  options: RestoreOptions,
): Promise<RestoreResult> {
  const startedMs = performance.now()
  const name = await findSnapshot(repository, options.snapshot)
  const contents = await readContents(repository, name)
  const dir = resolve(to)
  await mkdir(dir, { recursive: true })
  const files = chosen(contents, only)
  if (files.length === 0) {
    throw new CofferError('No photo or album in this snapshot has that name.', { code: 'not-found' })
  }
  const taken = new Set((await readdir(dir)).map((each) => each.toLowerCase()))
  const targets = new Map<string, string[]>()
  for (const file of files) {
    const path = join(dir, freeName(file.filename, taken))
    targets.set(file.sha256, [...(targets.get(file.sha256) ?? []), path])
  }
  const whole = await extract(repository, targets, options)
  const lost = files.filter((file) => !whole.has(file.sha256))
  return resultOf({ snapshot: name, createdAt: contents.about.createdAt, to: dir, files, lost, startedMs })
}

function chosen(contents: Contents, only: readonly string[]): SnapshotFile[] {
  const wanted = new Set(only.map((each) => each.toLowerCase()))
  const media = new Set(
    contents.albums
      .filter((album) => wanted.has(album.id) || wanted.has(album.name.toLowerCase()))
      .flatMap((album) => album.media),
  )
  return contents.files.filter(
    (file) =>
      media.has(file.mediaId) ||
      wanted.has(file.mediaId) ||
      wanted.has(file.sha256) ||
      wanted.has(file.filename.toLowerCase()),
  )
}

/** `IMG_1.jpg`, `IMG_1 (2).jpg`, … whatever is free; never a path. */
function freeName(filename: string, taken: Set<string>): string {
  const safe = basename(filename).replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_') || 'file'
  const extension = extname(safe)
  const stem = safe.slice(0, safe.length - extension.length)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? safe : `${stem} (${number})${extension}`
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}
