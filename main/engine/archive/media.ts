import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Writer } from '../database/index.ts'
import { takeFiles, type IntakeContext } from '../intake/index.ts'
import { fillDates } from '../library/index.ts'
import { blankMedia } from '../platforms/index.ts'
import { mediaArrived, noteMedia, type PostAccount } from '../posts/index.ts'
import type { Draft } from './source.ts'
import type { TreeFile } from './tree.ts'
import type { ArchiveRun, ExportOf } from './types.ts'

/** Files that lie in scratch at once, and their bytes: an export may be as large as the disk. */
const [atOnce, bytesAtOnce] = [64, 512 << 20]

/** Media that belong to no post are noted like all others. */
export async function storeLooseMedia(
  tx: Writer,
  run: ArchiveRun,
  account: PostAccount,
  media: readonly Extract<Draft, { kind: 'media' }>[],
): Promise<void> {
  await noteMedia(
    tx,
    run.userId,
    account,
    media.map(({ path, takenAt, latitude, longitude, description }) => ({
      ...blankMedia(`archive:${path}`, kindOf(path)),
      path,
      takenAt,
      latitude,
      longitude,
      alt: description,
    })),
  )
}

function kindOf(path: string): 'photo' | 'video' | 'audio' {
  if (/\.(?:mp4|mov|m4v|avi|webm|mkv|3gp)$/i.test(path)) return 'video'
  return /\.(?:mp3|m4a|aac|ogg|wav|opus)$/i.test(path) ? 'audio' : 'photo'
}

interface Wanted {
  readonly id: string
  readonly path: string | null
}

/** What became of the media of an export; `kept` are the paths of those that are originals of the library now. */
export interface MediaTaken {
  readonly added: number
  readonly failed: number
  readonly kept: ReadonlySet<string>
}

/**
 * Takes the pictures and films of an export into the library, through the same door as every other file, and ties them to their
 * posts. What the export does not hold is marked as unavailable.
 */
export async function takeMedia(context: IntakeContext, run: ArchiveRun, given: ExportOf): Promise<MediaTaken> {
  const kept = new Set<string>()
  let [added, failed] = [0, 0]
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    run.work.signal.throwIfAborted()
    const wanted = await wantedAfter(context, given.account.id, after)
    const last = wanted.at(-1)
    if (!last) break
    const { files, missing } = fitting(given, wanted)
    after = files.at(-1)?.id ?? last.id
    // Those that did not fit come with the next round; those that are missing before them are settled now.
    const gone = missing.filter((each) => each <= after)
    if (gone.length > 0) await markMissing(context, run, gone)
    const results = await take(context, run, given, files)
    for (const path of results.kept) kept.add(path)
    added += results.added
    failed += results.failed
    run.progressed()
  }
  // Those that came with an earlier run or an earlier export are originals as well.
  const rows = await context.database.asService((tx) =>
    tx.query<{ path: string }>(
      `select about->>'path' as path from ingest.media_downloads where account_id = $1 and media_id is not null and about ? 'path'`,
      [given.account.id],
    ),
  )
  for (const { path } of rows) kept.add(path)
  return { added, failed, kept }
}

async function wantedAfter(context: IntakeContext, accountId: string, after: string): Promise<Wanted[]> {
  return context.database.asService((tx) =>
    tx.query<Wanted>(
      `select id, about->>'path' as path from ingest.media_downloads
       where account_id = $1 and status in ('pending', 'downloading', 'failed', 'unavailable') and starts_with(original_url, 'archive:')
         and id > $2 order by id limit ${atOnce}`,
      [accountId, after],
    ),
  )
}

/** As many as may lie in scratch at once, in their order. */
function fitting(
  { tree }: ExportOf,
  wanted: readonly Wanted[],
): { files: { id: string; file: TreeFile }[]; missing: string[] } {
  const files: { id: string; file: TreeFile }[] = []
  const missing: string[] = []
  let bytes = 0
  for (const { id, path } of wanted) {
    const file = path === null ? null : tree.find(path)
    if (file === null) {
      missing.push(id)
      continue
    }
    if (files.length > 0 && bytes + file.size > bytesAtOnce) break
    bytes += file.size
    files.push({ id, file })
  }
  return { files, missing }
}

async function markMissing(context: IntakeContext, run: ArchiveRun, ids: readonly string[]): Promise<void> {
  await context.database.asService((tx) =>
    tx.execute(
      `update ingest.media_downloads set status = 'unavailable', attempts = attempts + 1, last_attempt_at = now(),
         error = 'The export does not hold this file.'
       where id = any($1::uuid[]) and user_id = $2 and status <> 'unavailable'`,
      [ids, run.userId],
    ),
  )
}

async function take(
  context: IntakeContext,
  run: ArchiveRun,
  { tree }: ExportOf,
  files: readonly { readonly id: string; readonly file: TreeFile }[],
): Promise<MediaTaken> {
  const folder = join(run.scratch, 'media')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const lying = []
    for (const [index, { id, file }] of files.entries()) {
      const path = join(folder, String(index), safeName(file.path))
      await mkdir(join(folder, String(index)), { mode: 0o700 })
      await pipeline(await file.open(), createWriteStream(path, { mode: 0o600, flags: 'wx' }), {
        signal: run.work.signal,
      })
      lying.push({ id, path, from: `${tree.name}/${file.path}`, inTree: file.path })
    }
    const taken = await takeFiles(context, run, run.work, lying)
    const byFrom = new Map(taken.map((each) => [each.from, each]))
    const settled = lying.map((each) => ({ ...each, became: byFrom.get(each.from) ?? null }))
    const here = settled.flatMap(({ id, became }) =>
      became?.mediaId ? [{ downloadId: id, mediaId: became.mediaId }] : [],
    )
    const lost = settled.filter(({ became }) => !became?.mediaId)
    await context.database.asService(async (tx) => {
      await mediaArrived(tx, run.userId, here)
      await fillDates(
        tx,
        run.userId,
        here.map(({ mediaId }) => mediaId),
      )
      await tx.execute(
        `update ingest.media_downloads d set status = 'failed', attempts = attempts + 1, last_attempt_at = now(),
           error = 'This file could not be read.'
         where d.id = any($1::uuid[]) and d.user_id = $2`,
        [lost.map(({ id }) => id), run.userId],
      )
    })
    return {
      added: taken.filter(({ outcome }) => outcome === 'added').length,
      failed: lost.length,
      kept: new Set(settled.flatMap(({ became, inTree }) => (became?.mediaId ? [inTree] : []))),
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The last part of a name from an export, without what no file system here would take. */
function safeName(path: string): string {
  const last = basename(path.replaceAll('\\', '/')).replaceAll(/[\p{Cc}<>:"|?*/]/gu, '_')
  const name = Buffer.from(last).subarray(-200).toString('utf8').replaceAll('\uFFFD', '').trim()
  return name === '' || /^\.+$/.test(name) ? 'file' : name
}
