import { basename } from 'node:path'
import { CofferError } from '../base/errors.ts'
import { knownFolders } from '../base/inside.ts'
import { shownPath } from '../base/path-text.ts'
import type { Database } from '../database/index.ts'
import {
  hashOpen,
  originalsOf,
  reasonOf,
  statKept,
  storedFiles,
  thumbnailPath,
  unfinishedFiles,
  userFolders,
  type OriginalRow,
  type Originals,
} from '../files/index.ts'
import { readLaterJob } from './read-later.ts'
import { rebuildJob } from './rebuild.ts'
import { englishReason } from '../base/english-reason.ts'

export interface VerifyReport {
  readonly checked: number
  /** Rows whose bytes are gone. */
  readonly missing: { readonly id: string; readonly path: string; readonly reason: string }[]
  /** Rows whose bytes are not the ones that were kept. */
  readonly damaged: { readonly id: string; readonly path: string; readonly reason: string }[]
  /** Files in the vault that no row speaks of. */
  readonly orphans: { readonly path: string }[]
  /** Small pictures that are not there. They are made again from the originals, so nothing a person has is lost. */
  readonly picturesToMake?: number
}

const pageSize = 500

/**
 * Holds every original of one person against the database: present, right size, same SHA-256 (`quick` skips the
 * hashing), thumbnails present, no file without a row. Reads only; `onLooked` gets what was found, many at a time, and may
 * note it.
 */
export async function verifyLibrary(
  options: { readonly database: Database; readonly vaultDir: string; readonly userId: string; readonly quick: boolean },
  signal?: AbortSignal,
  onLooked: (
    looks: readonly { readonly id: string; readonly problem: 'missing' | 'damaged' | null }[],
  ) => Promise<void> = async () => {},
): Promise<VerifyReport> {
  const { database, vaultDir, userId, quick } = options
  const report: Pick<VerifyReport, 'missing' | 'damaged'> = { missing: [], damaged: [] }
  let picturesToMake = 0
  const spoken = new Set<string>()
  const originals = originalsOf(vaultDir, database)
  const known = knownFolders()
  let checked = 0
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    signal?.throwIfAborted()
    const rows = await database.read(userId, (tx) =>
      tx.query<OriginalRow & { id: string; hash: string; size: number; hasThumbnail: boolean }>(
        `select id, file_path as path, storage, hash, size, thumbnail_generated as "hasThumbnail" from vault.media
         where id > $1 order by id limit $2`,
        [last, pageSize],
      ),
    )
    if (rows.length === 0) break
    const looks: { id: string; problem: 'missing' | 'damaged' | null }[] = []
    for (const row of rows) {
      signal?.throwIfAborted()
      last = row.id
      checked += 1
      spoken.add(row.path)
      const problem = await checkOriginal(originals, row, quick, signal)
      looks.push({ id: row.id, problem: problem?.kind ?? null })
      if (problem) report[problem.kind].push({ id: row.id, path: shownPath(row.path), reason: problem.reason })
      if (!row.hasThumbnail) continue
      for (const size of ['grid', 'viewer'] as const) {
        const path = thumbnailPath(userId, row.id, size)
        spoken.add(path)
        const facts = await statKept(vaultDir, path, known).catch(() => null)
        if (!facts || facts.size === 0) picturesToMake += 1
      }
    }
    await onLooked(looks)
  }
  for (const row of await keptSidecars(database, userId)) {
    signal?.throwIfAborted()
    checked += 1
    spoken.add(row.path)
    const problem = await checkOriginal(originals, row, quick, signal)
    if (problem) report[problem.kind].push({ id: row.id, path: shownPath(row.path), reason: problem.reason })
  }
  const folders = userFolders(vaultDir, userId)
  const strays: string[] = []
  for (const folder of [folders.media, folders.thumbnails, folders.incoming]) {
    for await (const path of storedFiles(vaultDir, folder)) if (!spoken.has(path)) strays.push(path)
  }
  return {
    ...report,
    orphans: (await orphansAmong(options, strays)).map((path) => ({ path })),
    ...(picturesToMake > 0 && { picturesToMake }),
    checked,
  }
}

/** Sidecars are originals too. They are few beside the photos, and their rows are short. */
function keptSidecars(
  database: Database,
  userId: string,
): Promise<(OriginalRow & { id: string; hash: string; size: number })[]> {
  return database.read(userId, (tx) =>
    tx.query(`select id, file_path as path, storage, hash, size from vault.sidecars order by id`),
  )
}

/** Files that no row speaks of, even now, and that no import or job is just working on. */
async function orphansAmong(
  { database, vaultDir, userId }: { readonly database: Database; readonly vaultDir: string; readonly userId: string },
  strays: readonly string[],
): Promise<readonly string[]> {
  if (strays.length === 0) return []
  const { incoming } = userFolders(vaultDir, userId)
  // Asked before the rows: a batch leaves its note until its rows are stored, so it is in one of the two.
  const arriving = await unfinishedFiles(incoming)
  const { rows, isImporting } = await database.read(userId, async (tx) => ({
    rows: await tx.query<{ id: string; path: string }>(
      `select id, file_path as path from vault.media where file_path = any($1::text[]) or id::text = any($2::text[])
       union all select id, file_path from vault.sidecars where file_path = any($1::text[])`,
      [strays, strays.map((path) => basename(path).replace(/\.(grid|viewer)$/, ''))],
    ),
    isImporting: await tx.one(`select 1 as x from meta.imports where status = 'running' limit 1`),
  }))
  const isReading = await database.asService((tx) =>
    tx.one(
      `select 1 as x from meta.jobs where user_id = $1 and status = 'running' and kind = any($2::text[]) limit 1`,
      [userId, [readLaterJob.name, rebuildJob.name]],
    ),
  )
  const known = new Set(
    rows.flatMap((row) => [row.path, thumbnailPath(userId, row.id, 'grid'), thumbnailPath(userId, row.id, 'viewer')]),
  )
  const inIncoming = `users/${userId}/incoming/`
  const isScratch = (path: string): boolean =>
    (isImporting !== undefined || isReading !== undefined) && path.startsWith(inIncoming)
  const left = strays.filter((path) => !known.has(path) && !arriving.has(path) && !isScratch(path))
  const orphans: string[] = []
  for (const path of left) {
    // What has gone since it was listed was the scratch of work that has just ended.
    if (!path.startsWith(inIncoming) || (await statKept(vaultDir, path).catch(() => undefined)) !== null)
      orphans.push(path)
  }
  return orphans
}

async function checkOriginal(
  originals: Originals,
  row: OriginalRow & { readonly hash: string; readonly size: number },
  quick: boolean,
  signal: AbortSignal | undefined,
): Promise<{ kind: 'missing' | 'damaged'; reason: string } | null> {
  try {
    await using file = await originals.open(row)
    if (quick) {
      const facts = await file.stat()
      return facts.size === row.size
        ? null
        : { kind: 'damaged', reason: `It has ${facts.size} bytes instead of ${row.size}.` }
    }
    const read = await hashOpen(file, signal)
    return read.hash === row.hash ? null : { kind: 'damaged', reason: 'Its contents are not what was stored.' }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'missing', reason: error instanceof CofferError ? error.message : englishReason(reasonOf(error)) }
  }
}
