import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { openInside, statInside } from '../base/inside.ts'
import { shownPath } from '../base/path-text.ts'
import type { Database, Reader } from '../database/index.ts'
import { copyOriginal, type CopyTarget } from './copy.ts'
import { copyReasons, type CopyFailure } from './copy-all.ts'
import { exportedPath, sidecarLineSchema, type SidecarLine } from './format.ts'
import { utc } from './gather.ts'
import { readLines, writeWhole } from './lines.ts'
import { safeName } from './names.ts'
import { hashOf, type Placed } from './places.ts'

interface KeptSidecar extends Omit<SidecarLine, 'path' | 'seenAt'> {
  readonly photo: string | null
  readonly filePath: string
  readonly isReference: boolean
  readonly seen: string
  readonly seenTime: string
}

const listPath = 'data/sidecars.jsonl'

/**
 * Writes the sidecars that were kept with the items of an export into `sidecars/`, in folders like those of `originals/` and
 * named after the file beside which each would lie there; those that wait for their photo into `sidecars/waiting`. The list is
 * on the disk before the first of them. A file that is not one of an earlier export is left as it is. Returns those that could
 * not be copied.
 */
export async function writeKeptSidecars(
  target: CopyTarget,
  database: Database,
  userId: string,
  placed: readonly Placed[],
  signal: AbortSignal,
): Promise<readonly CopyFailure[]> {
  const { dir } = target
  const before = new Map<string, string>()
  for await (const line of readLines(dir, listPath, sidecarLineSchema)) before.set(line.path, line.sha256)
  const places = new Map(placed.map(({ item, path }) => [item.id, path.replace(/^originals/, 'sidecars')]))
  const kept = (await database.read(userId, newestSidecars)).filter(
    (each) => each.mediaId === null || places.has(each.mediaId),
  )
  if (kept.length === 0 && before.size === 0) return []
  const all = await placesFor(dir, kept, places, before, signal)
  await writeWhole(dir, listPath, async (write) => {
    for (const { each, path } of all) await write(`${JSON.stringify(lineOf(each, path))}\n`)
  })
  return copyEach(target, all, signal)
}

/** Copies the sidecars of items beside them, under names that are free. Returns those that could not be copied. */
export async function copyKeptSidecars(
  target: CopyTarget,
  database: Database,
  userId: string,
  placed: readonly Placed[],
  signal: AbortSignal,
): Promise<readonly CopyFailure[]> {
  const places = new Map(placed.map(({ item, path }) => [item.id, path]))
  const kept = (await database.read(userId, newestSidecars)).filter((each) => places.has(each.mediaId ?? ''))
  return copyEach(target, await placesFor(target.dir, kept, places, new Map(), signal), signal)
}

interface PlacedSidecar {
  readonly each: KeptSidecar
  readonly path: string
  readonly isThere: boolean
}

async function placesFor(
  dir: string,
  kept: readonly KeptSidecar[],
  places: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<PlacedSidecar[]> {
  const taken = new Set<string>()
  const all: PlacedSidecar[] = []
  for (const each of kept) {
    signal.throwIfAborted()
    const wanted = pathOf(each, each.mediaId === null ? undefined : places.get(each.mediaId))
    all.push({ each, ...(await freePath(dir, wanted, each, { taken, before, signal })) })
  }
  return all
}

async function copyEach(
  target: CopyTarget,
  all: readonly PlacedSidecar[],
  signal: AbortSignal,
): Promise<CopyFailure[]> {
  const failures: CopyFailure[] = []
  for (const { each, path, isThere } of all) {
    signal.throwIfAborted()
    if (isThere) continue
    const { id, sha256, filePath, isReference, filename } = each
    const times = { takenAt: null, takenLocal: null, sourceMtimeMs: null }
    const outcome = await copyOriginal(target, { item: { id, sha256, filePath, isReference, ...times }, path }, signal)
    if (outcome !== 'copied') failures.push({ id, filename, outcome, reason: copyReasons[outcome] })
  }
  return failures
}

/** Of several versions of one sidecar, the one that was seen last. */
function newestSidecars(tx: Reader): Promise<KeptSidecar[]> {
  return tx.query<KeptSidecar>(
    `select distinct on (coalesce(s.media_id, s.id), s.filename) s.id, s.media_id as "mediaId", m.filename as photo,
            s.hash as sha256, s.size as "sizeBytes", s.kind, s.filename, s.fields, s.file_path as "filePath",
            s.storage = 'reference' as "isReference", s.path as seen,
            ${utc('s.seen_at')} as "seenTime", ${utc('s.created_at')} as "createdAt"
     from vault.sidecars s left join vault.media m on m.id = s.media_id where s.kind <> 'export'
     order by coalesce(s.media_id, s.id), s.filename, s.seen_at desc, s.id desc`,
  )
}

/** `IMG_1 (2).jpg.xmp` for what lay beside the photo that is `IMG_1 (2).jpg` here, in the folder of that. */
function pathOf(each: KeptSidecar, original: string | undefined): string {
  const ending = `.${each.kind}`
  if (original === undefined) return `sidecars/waiting/${withEnding(safeName(stemOf(each.filename), ending), ending)}`
  const folder = dirname(original)
  const name = basename(original)
  const isWhole = each.photo !== null && stemOf(each.filename) === each.photo
  return `${folder}/${isWhole ? name : stemOf(name)}${ending}`
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length)
}

function withEnding(name: string, ending: string): string {
  return name.endsWith(ending) ? name : `${name}${ending}`
}

/** The first path that is free, or holds these bytes, or held an earlier version of what Coffer wrote there. */
async function freePath(
  dir: string,
  wanted: string,
  each: KeptSidecar,
  known: {
    readonly taken: Set<string>
    readonly before: ReadonlyMap<string, string>
    readonly signal: AbortSignal
  },
): Promise<{ path: string; isThere: boolean }> {
  const ending = extname(wanted)
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? wanted : `${stemOf(wanted)} (${number})${ending}`
    const key = path.normalize('NFC').toLowerCase()
    if (known.taken.has(key)) continue
    const isThere = (await statInside(dir, path).catch(() => null)) !== null
    // A folder of that name, or a link, is somebody else's.
    if (!isThere && existsSync(join(dir, path))) continue
    const there = isThere ? await hashOf(() => openInside(dir, path), known.signal) : null
    const isOwn = !isThere || there === each.sha256 || (there !== null && there === known.before.get(path))
    if (!isOwn) continue
    known.taken.add(key)
    return { path, isThere: there === each.sha256 }
  }
}

function lineOf(each: KeptSidecar, path: string): SidecarLine {
  const { id, mediaId, sha256, sizeBytes, kind, filename, fields, seen, seenTime, createdAt } = each
  const seenAt = { ...exportedPath(seen), at: seenTime }
  return { id, mediaId, sha256, path, sizeBytes, kind, filename: shownPath(filename), fields, seenAt, createdAt }
}
