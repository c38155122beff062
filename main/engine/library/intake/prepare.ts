import { access, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CofferError, isDiskFull } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { originalPath, reasonOf, takeIn, thumbnailPath, userFolders, type Keeping } from '../../files/index.ts'
import { KIND_BYTES } from '../../media/index.ts'
import type { IntakeContext } from './context.ts'
import type { ItemResult, NewMedia, WaitingItem } from './item.ts'
import { isBuried, mediaWithHash, type KnownMedia } from './known.ts'
import { isSidecarName } from './scan.ts'
import { photoOfSidecar, sidecarOf } from './sidecar.ts'

/** Bytes that another file of the same import is bringing in right now, by hash. */
export type InFlight = Map<string, Promise<KnownMedia | null>>

export interface ImportToPrepare {
  readonly userId: string
  readonly isReference: boolean
  /** A watched folder asks, not a person. */
  readonly isWatched: boolean
}

/**
 * Reads one file whole and makes its facts and pictures, without touching the database but to ask. What it leaves in
 * `incoming` belongs to the returned result. `isNewSize`: no item has this size, so none can have these bytes. Throws only what stops the whole import: a full disk, a stopped database,
 * an abort.
 */
export async function prepare(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  inFlight: InFlight,
  signal: AbortSignal,
  isNewSize = false,
): Promise<ItemResult> {
  const { file } = item
  if (isSidecarName(file.path)) {
    const photo = await photoOfSidecar(file.path)
    return photo === null
      ? { outcome: 'unsupported', item, reason: 'It is a sidecar, and its photo is not beside it.' }
      : { outcome: 'stacked', item, reason: `It was read together with ${basename(photo)}.` }
  }
  if (file.sizeBytes === 0) return { outcome: 'failed', item, reason: 'The file is empty (0 bytes).' }
  const noRoom = run.isReference ? null : await context.space.refusal(run.userId, file.sizeBytes)
  if (noRoom !== null && isNewSize) return { outcome: 'failed', item, reason: noRoom }
  const id = newId()
  const incoming = userFolders(context.vaultDir, run.userId).incoming
  const copyTo = run.isReference ? null : join(incoming, id)
  let staged
  try {
    staged = await takeIn(file, { copyTo, headBytes: KIND_BYTES, signal })
  } catch (error) {
    return unreadable(item, error, signal)
  }
  const discard = (): Promise<void> => (copyTo === null ? Promise.resolve() : rm(copyTo, { force: true }))
  const settled = Promise.withResolvers<KnownMedia | null>()
  // The first file with these bytes goes on; the others wait for what becomes of it.
  for (;;) {
    const other = inFlight.get(staged.hash)
    if (!other) break
    const known = await other
    if (known) {
      await discard()
      // The first one's result must be handed over before this one, whose row points at it.
      await setImmediate()
      return { outcome: 'duplicate', item, mediaId: known.id, restore: false, reason: null }
    }
  }
  inFlight.set(staged.hash, settled.promise)
  let result: ItemResult | undefined
  try {
    const isSurelyNew = isNewSize && staged.sizeBytes === file.sizeBytes
    const known = isSurelyNew
      ? undefined
      : await context.database.read(run.userId, (tx) => mediaWithHash(tx, run.userId, staged.hash))
    if (known) {
      await discard()
      result = await alreadyHere(run, item, known)
      settled.resolve(known)
      return result
    }
    if (run.isWatched && (await context.database.read(run.userId, (tx) => isBuried(tx, run.userId, staged.hash)))) {
      await discard()
      result = { outcome: 'duplicate', item, mediaId: null, restore: false, reason: 'You deleted this photo for good.' }
      return result
    }
    const reason = copyTo === null ? null : await context.space.take(run.userId, staged.sizeBytes)
    if (reason !== null) {
      // What would not come in anyway is not short of room.
      const kind = await context.workers.recognise(staged.head, basename(file.path), { signal })
      await discard()
      result = kind === null ? unknownKind(item) : { outcome: 'failed', item, reason }
      return result
    }
    try {
      const media = await inspect(context, run, item, { id, staged, signal })
      if (media === null) {
        await discard()
        result = unknownKind(item)
        return result
      }
      settled.resolve({ id, isTrashed: false, referencePath: null })
      result = { outcome: 'new', item, media }
      return result
    } finally {
      if (result?.outcome !== 'new' && copyTo !== null) context.space.release(run.userId, staged.sizeBytes)
    }
  } finally {
    if (result === undefined) await discard()
    settled.resolve(null)
    // A new item stays in flight until its row is stored; the batch removes it then.
    if (result?.outcome !== 'new') inFlight.delete(staged.hash)
  }
}

/** Only a person brings something back out of the trash; a watched folder leaves it there. */
async function alreadyHere(run: ImportToPrepare, item: WaitingItem, known: KnownMedia): Promise<ItemResult> {
  const restore = known.isTrashed && !run.isWatched
  const reason = known.isTrashed ? (restore ? 'It was in the trash and is back.' : 'It is in the trash.') : null
  const hasMoved =
    known.referencePath !== null &&
    known.referencePath !== item.file.path &&
    !(await access(known.referencePath).then(
      () => true,
      () => false,
    ))
  return { outcome: 'duplicate', item, mediaId: known.id, restore, reason, ...(hasMoved && { hasMoved }) }
}

function unknownKind(item: WaitingItem): ItemResult {
  return { outcome: 'unsupported', item, reason: 'Coffer does not know this kind of file.' }
}

/** Null when it is of no kind that Coffer keeps. */
async function inspect(
  context: IntakeContext,
  run: ImportToPrepare,
  item: WaitingItem,
  found: {
    readonly id: string
    readonly staged: { readonly copyPath: string | null; readonly hash: string; readonly sizeBytes: number }
    readonly signal: AbortSignal
  },
): Promise<NewMedia | null> {
  const { id, staged } = found
  const incoming = userFolders(context.vaultDir, run.userId).incoming
  const gridPath = join(incoming, `${id}.grid`)
  const viewerPath = join(incoming, `${id}.viewer`)
  const sidecar = await sidecarOf(item.file.path)
  const inspection = await context.workers.inspect(
    {
      path: staged.copyPath ?? item.file.path,
      filename: basename(item.file.path),
      mtimeMs: Number(item.file.mtimeNs / 1_000_000n),
      ...(sidecar !== null && { sidecarXmpPath: sidecar }),
      gridPath,
      viewerPath,
    },
    { signal: found.signal },
  )
  if (inspection === null) return null
  const { kind } = inspection
  const filePath =
    staged.copyPath === null
      ? item.file.path
      : originalPath(run.userId, id, kind.extension, inspection.facts.takenLocal)
  const grid = thumbnailPath(run.userId, id, 'grid')
  const keeping: Keeping[] = []
  if (staged.copyPath !== null) keeping.push({ owner: id, from: staged.copyPath, to: filePath, durable: true })
  if (inspection.pictures !== null) {
    keeping.push({ owner: id, from: gridPath, to: grid, durable: false })
    keeping.push({ owner: id, from: viewerPath, to: thumbnailPath(run.userId, id, 'viewer'), durable: false })
  }
  return {
    id,
    filename: basename(item.file.path),
    kind,
    sizeBytes: staged.sizeBytes,
    hash: staged.hash,
    storage: staged.copyPath === null ? 'reference' : 'vault',
    filePath,
    inspection,
    thumbnailPath: inspection.pictures === null ? null : grid,
    keeping,
  }
}

function unreadable(item: WaitingItem, error: unknown, signal: AbortSignal): ItemResult {
  if (signal.aborted || isDiskFull(error)) throw error
  if (error instanceof CofferError && error.code === 'file-changing') {
    return { outcome: 'later', item, reason: 'It is still being written.' }
  }
  return { outcome: 'failed', item, reason: reasonOf(error) }
}
