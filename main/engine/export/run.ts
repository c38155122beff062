import { join } from 'node:path'
import type { ExportProgress, ExportResult } from '../../contract/index.ts'
import { syncFile, syncFolder, syncTree } from '../base/durable.ts'
import { originalsOf } from '../files/index.ts'
import { writeBrowse } from './browse.ts'
import type { ExportContext } from './context.ts'
import { copyAll, sumOfCopied } from './copy-all.ts'
import { formatVersion, manifestName, type Manifest } from './format.ts'
import { gather, isSince } from './gather.ts'
import { writeKeptExports } from './kept-exports.ts'
import { writeKeptSidecars } from './kept-sidecars.ts'
import { writeText } from './lines.ts'
import { assignPlaces, notePlaces, placesBefore } from './places.ts'
import { writePosts } from './posts.ts'
import { readme } from './readme.ts'
import { writeSidecars } from './sidecars.ts'
import { writeTables } from './tables.ts'
import { acceptTarget, claimTarget, writeManifest } from './target.ts'
import { writeData } from './write-data.ts'
import { writeObjects } from './write-objects.ts'

export interface ExportRequest {
  readonly userId: string
  readonly path: string
  readonly since: string | null
}

/**
 * Writes everything of one person into a folder, in the format of docs/formats/export.md. Cut off at any moment, the next
 * run into the same folder goes on from there. Throws what `acceptTarget` throws, what the destination throws, and what
 * `signal` gives as its reason.
 */
export async function exportVault(
  context: Pick<ExportContext, 'vaultDir' | 'vault' | 'database'>,
  input: ExportRequest,
  options: { readonly signal: AbortSignal; readonly onProgress: (now: ExportProgress) => void },
): Promise<ExportResult> {
  const startedMs = performance.now()
  const { vaultDir, vault, database } = context
  const { userId } = input
  const { signal } = options
  const target = await acceptTarget(input.path, { vaultDir, vaultId: vault.id, personId: userId })
  const { dir, before } = target
  const originals = originalsOf(vaultDir, database)
  const say = (phase: ExportProgress['phase'], now: Partial<ExportProgress> = {}): void =>
    options.onProgress({ phase, files: 0, totalFiles: 0, bytes: 0, totalBytes: 0, ...now })
  say('look')
  const known = await placesBefore(dir)
  let manifest: Manifest = {
    kind: 'coffer-export',
    format: formatVersion,
    vaultId: vault.id,
    vaultName: vault.name,
    personId: userId,
    startedAt: new Date().toISOString(),
    finishedAt: null,
    since: before ? earlier(before.since, input.since) : input.since,
    files: 0,
    bytes: 0,
    byType: {},
    objects: {},
    failed: [],
  }
  await claimTarget(target, manifest)
  const { since } = input
  // Of one moment, and nobody waits while all of it is read.
  const { gathered, placed, data, objects, tables, posts } = await database.aside(async (copy) => {
    const found = await gather(copy, userId)
    const items = found.items.filter((item) => since === null || isSince(item, since) || known.has(item.id))
    const given = await assignPlaces({ dir, originals, isSafe: before?.finishedAt != null }, items, known, {
      signal,
      onProgress: (files) => say('check', { files, totalFiles: items.length }),
    })
    await notePlaces(dir, given, known)
    say('data')
    return {
      gathered: found,
      placed: given,
      data: await writeData(copy, userId, dir, given, found, signal),
      objects: await writeObjects(copy, userId, dir, signal),
      tables: await writeTables(copy, userId, dir, signal),
      posts: await writePosts(copy, userId, dir),
    }
  })
  const files = { dir, originals, mode: 0o600 }
  const failures = await copyAll(
    files,
    placed,
    signal,
    (now) => say('originals', now),
    ({ item, path }) =>
      writeSidecars(dir, path, item, {
        tags: gathered.tagsOf.get(item.id) ?? [],
        albums: gathered.albumsOf.get(item.id) ?? [],
      }),
  )
  const unkept = await writeKeptSidecars(files, database, userId, placed, signal)
  const unkeptExports = await writeKeptExports(files, database, userId, signal)
  const { lost, ...copied } = sumOfCopied(placed, [...failures, ...unkept, ...unkeptExports])
  await writeBrowse(
    { vaultDir, userId, title: vault.name },
    dir,
    placed,
    { albums: data.albums, posts, without: lost },
    {
      signal,
      onProgress: (files) => say('pages', { files, totalFiles: placed.length }),
    },
  )
  await writeText(dir, 'README.txt', readme)
  say('finish')
  await syncTree(dir)
  manifest = { ...manifest, finishedAt: new Date().toISOString(), objects, ...copied }
  await writeManifest(dir, manifest)
  await syncFile(join(dir, manifestName))
  await syncFolder(dir)
  return {
    ...copied,
    albums: data.albums.length,
    tags: data.tags,
    posts,
    tables: tables.length,
    seconds: (performance.now() - startedMs) / 1000,
  }
}

/** An export that once held everything still does. */
function earlier(before: string | null, now: string | null): string | null {
  if (before === null || now === null) return null
  return before < now ? before : now
}
