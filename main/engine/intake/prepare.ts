import { access, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CofferError, isDiskFull } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { openable, shownPath } from '../base/path-text.ts'
import {
  CopyFailed,
  isFilledIn,
  modifiedMs,
  originalPath,
  originalsOf,
  reason,
  reasonOf,
  takeIn,
  thumbnailPath,
  withReadablePath,
  type Keeping,
  type Staged,
} from '../files/index.ts'
import { KIND_BYTES } from '../media/index.ts'
import type { IntakeContext } from './context.ts'
import type { folderFinder } from './folders.ts'
import type { Half, ItemResult, NewMedia, SettledResult, WaitingItem } from './item.ts'
import { duplicateOf, isBuried, mediaWithHashes, type KnownMedia } from './known.ts'
import type { Beside } from './sidecars/beside.ts'
import { isReason, takeSidecar, type NewSidecar } from './sidecars/take.ts'

/** Bytes that another file of the same import is bringing in right now, by hash. */
export type InFlight = Map<string, Promise<KnownMedia | null>>

export interface ImportToPrepare {
  readonly userId: string
  readonly isReference: boolean
  /** A watched folder asks, not a person. */
  readonly isWatched: boolean
  /** Where copies lie until they are kept. */
  readonly incoming: string
  readonly inFlight: InFlight
  readonly beside: Beside
  readonly findFolder: ReturnType<typeof folderFinder>
  /** Somebody waits for this one file. */
  readonly isUrgent: boolean
}

/**
 * Reads one file whole and makes its facts and pictures, without touching the database but to ask. What it leaves in
 * `incoming` belongs to the returned result. `isNewSize`: no item has this size, so most likely none has these bytes; storing
 * looks again. Throws only what stops the whole import, and what nobody foresaw.
 */
export async function prepare(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  signal: AbortSignal,
  isNewSize = false,
): Promise<ItemResult> {
  const { file, half } = item
  // Before anything is waited for: items of one moment then stand in the order of their files.
  const id = newId()
  if (file.sizeBytes === 0) return { outcome: 'failed', item, reason: reason('empty') }
  const noRoom = run.isReference ? null : await context.space.refusal(run.userId, file.sizeBytes)
  if (noRoom !== null && isNewSize) return { outcome: 'failed', item, reason: noRoom }
  const copyTo = run.isReference ? null : join(run.incoming, id)
  const prefix = half && half.sizeBytes < file.sizeBytes ? { prefixBytes: half.sizeBytes } : {}
  let staged: Staged
  try {
    staged = await takeIn(file, { copyTo, headBytes: KIND_BYTES, signal, ...prefix })
  } catch (error) {
    return unreadable(item, error, signal)
  }
  const isWrittenOn = half !== undefined && (await isOfHalf(context, half, staged, item))
  const result = await settleOnce(context, run, item, { id, copyTo, staged, signal, isNewSize })
  const isWhole = result.outcome === 'new' || result.outcome === 'duplicate'
  return isWhole && isWrittenOn && half ? { ...result, replaces: half.mediaId } : result
}

/** Whether what was imported from this path before was a part of the file: the same beginning, or the same with gaps. */
async function isOfHalf(
  context: IntakeContext,
  half: Half,
  { prefixHash, copyPath, sizeBytes }: Staged,
  item: WaitingItem,
): Promise<boolean> {
  if (prefixHash === half.hash) return true
  if (half.keptAt === null || half.sizeBytes > sizeBytes) return false
  const originals = originalsOf(context.vaultDir, context.database)
  try {
    const part = await originals.place({ path: half.keptAt, storage: 'vault' })
    return await isFilledIn(part, copyPath ?? openable(item.file.path))
  } catch {
    // The part is gone, or one of the two cannot be read now: then they are two photos.
    return false
  }
}

interface Taken {
  readonly id: string
  readonly copyTo: string | null
  readonly staged: Staged
  readonly signal: AbortSignal
  readonly isNewSize: boolean
}

/** The first file with these bytes goes on; the others wait for what becomes of it. */
async function settleOnce(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  taken: Taken,
): Promise<SettledResult> {
  const { inFlight } = run
  const { hash } = taken.staged
  const settled = Promise.withResolvers<KnownMedia | null>()
  for (;;) {
    const other = inFlight.get(hash)
    if (!other) break
    const known = await other
    if (known) {
      await discard(taken)
      // The first one's result must be handed over before this one, whose row points at it.
      await setImmediate()
      return { outcome: 'duplicate', item, mediaId: known.id, restore: false, reason: null }
    }
  }
  inFlight.set(hash, settled.promise)
  let result: SettledResult | undefined
  try {
    result = await settle(context, run, item, taken, (known) => settled.resolve(known))
    return result
  } finally {
    if (result?.outcome !== 'new') await discard(taken)
    settled.resolve(null)
    // A new item stays in flight until its row is stored; the batch removes it then.
    if (result?.outcome !== 'new') inFlight.delete(hash)
  }
}

async function settle(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  taken: Taken,
  isKnown: (known: KnownMedia) => void,
): Promise<SettledResult> {
  const { id, copyTo, staged, isNewSize } = taken
  const { userId } = run
  const isSurelyNew = isNewSize && staged.sizeBytes === item.file.sizeBytes
  const known = isSurelyNew
    ? undefined
    : (await context.database.read(userId, (tx) => mediaWithHashes(tx, userId, [staged.hash]))).get(staged.hash)
  if (known) {
    isKnown(known)
    const hasMoved = await isMissing(known.referencePath, item.file.path)
    return { ...duplicateOf(known, item, run.isWatched), ...(hasMoved && { hasMoved }) }
  }
  if (run.isWatched && (await context.database.read(userId, (tx) => isBuried(tx, userId, staged.hash)))) {
    return { outcome: 'duplicate', item, mediaId: null, restore: false, reason: reason('deleted-for-good') }
  }
  const unknownKind: SettledResult = { outcome: 'unsupported', item, reason: reason('unknown-kind') }
  const noRoom = copyTo === null ? null : await context.space.take(userId, staged.sizeBytes)
  if (noRoom !== null) {
    // What would not come in anyway is not short of room.
    const name = shownPath(basename(item.file.path))
    const kind = await context.workers.recognise(staged.head, name, { signal: taken.signal })
    return kind === null ? unknownKind : { outcome: 'failed', item, reason: noRoom }
  }
  let media: NewMedia | null = null
  try {
    media = await inspect(context, run, item, taken)
    if (media === null) return unknownKind
    isKnown({ id, isTrashed: false, referencePath: null })
    return { outcome: 'new', item, media }
  } finally {
    if (media === null && copyTo !== null) context.space.release(userId, staged.sizeBytes)
  }
}

async function discard({ copyTo }: Taken): Promise<void> {
  if (copyTo !== null) await rm(copyTo, { force: true })
}

/** True when an item that is only indexed in place was at another path, and is there no more. */
async function isMissing(referencePath: string | null, path: string): Promise<boolean> {
  if (referencePath === null || referencePath === path) return false
  return access(openable(referencePath)).then(
    () => false,
    () => true,
  )
}

/** Null when it is of no kind that Coffer keeps. */
async function inspect(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  { id, staged, signal }: Taken,
): Promise<NewMedia | null> {
  const { path } = item.file
  const filename = shownPath(basename(path))
  const gridPath = join(run.incoming, `${id}.grid`)
  const viewerPath = join(run.incoming, `${id}.viewer`)
  const { readFrom, sidecar } = await sidecarFor(context, run, path, signal)
  const job = { filename, mtimeMs: modifiedMs(item.file), gridPath, viewerPath }
  const options = { signal, isUrgent: run.isUrgent }
  let isDone = false
  try {
    const inspection = await withReadablePath(staged.copyPath ?? path, run.incoming, (readable) =>
      readFrom === null
        ? context.workers.inspect({ ...job, path: readable }, options)
        : withReadablePath(readFrom, run.incoming, (sidecarXmpPath) =>
            context.workers.inspect({ ...job, path: readable, sidecarXmpPath }, options),
          ),
    )
    if (inspection === null) return null
    const { kind } = inspection
    const filePath =
      staged.copyPath === null ? path : originalPath(run.userId, id, kind.extension, inspection.facts.takenLocal)
    const grid = thumbnailPath(run.userId, id, 'grid')
    const keeping: Keeping[] = sidecar === null ? [] : [...sidecar.keeping]
    if (staged.copyPath !== null) keeping.push({ owner: id, from: staged.copyPath, to: filePath, durable: true })
    if (inspection.pictures !== null) {
      keeping.push({ owner: id, from: gridPath, to: grid, durable: false })
      keeping.push({ owner: id, from: viewerPath, to: thumbnailPath(run.userId, id, 'viewer'), durable: false })
    }
    isDone = true
    return {
      id,
      filename,
      kind,
      sizeBytes: staged.sizeBytes,
      hash: staged.hash,
      storage: staged.copyPath === null ? 'reference' : 'vault',
      filePath,
      inspection,
      thumbnailPath: inspection.pictures === null ? null : grid,
      keeping,
      sidecar,
    }
  } finally {
    if (!isDone && sidecar?.storage === 'vault') context.space.release(run.userId, sidecar.sizeBytes)
  }
}

/** The XMP file to read with a photo, and how it is kept with it where that is to be. */
async function sidecarFor(
  context: IntakeContext,
  run: ImportToPrepare,
  photo: string,
  signal: AbortSignal,
): Promise<{ readonly readFrom: string | null; readonly sidecar: NewSidecar | null }> {
  const path = await run.beside.xmpOf(photo)
  if (path === null) return { readFrom: null, sidecar: null }
  const place = await run.findFolder(path).catch(() => null)
  const input =
    place === null ? 'keep' : await place.known.sidecar(place.path, join(dirname(place.path), basename(photo)))
  if (input === 'skip') return { readFrom: null, sidecar: null }
  const sidecar = input === 'keep' ? await keptSidecar(context, run, path, signal) : null
  return { readFrom: sidecar?.readFrom ?? path, sidecar }
}

/** Null for one that cannot be read, or has no room: it is an item that says so itself. */
async function keptSidecar(
  context: IntakeContext,
  run: ImportToPrepare,
  path: string,
  signal: AbortSignal,
): Promise<NewSidecar | null> {
  try {
    const taken = await takeSidecar(context, run, path, signal)
    return isReason(taken) ? null : taken
  } catch (error) {
    if (signal.aborted || isDiskFull(error) || error instanceof CopyFailed) throw error
    return null
  }
}

/** What becomes of a file that could not be read to its end. Throws what is no fault of the file. */
export function unreadable(item: WaitingItem, error: unknown, signal: AbortSignal): ItemResult {
  if (signal.aborted || isDiskFull(error) || error instanceof CopyFailed) throw error
  if (error instanceof CofferError && error.code === 'file-changing') return { outcome: 'unsettled', item }
  return { outcome: 'failed', item, reason: reasonOf(error) }
}
