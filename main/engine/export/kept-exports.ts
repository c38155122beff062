import { extname } from 'node:path'
import { openInside } from '../base/inside.ts'
import type { Database } from '../database/index.ts'
import { copyOriginal, type CopyTarget } from './copy.ts'
import { copyReasons, type CopyFailure } from './copy-all.ts'
import { safeName } from './names.ts'
import { hashOf } from './places.ts'

interface KeptExport {
  readonly id: string
  readonly filename: string
  readonly sha256: string
  readonly filePath: string
  readonly isReference: boolean
}

/**
 * Writes what exports of services held besides pictures into `exports/`, as it is kept: Coffer can import it again, and so can any other
 * program. A name has the beginning of its digest, so that the same file has the same name in every run. Returns those that could not be copied.
 */
export async function writeKeptExports(
  target: CopyTarget,
  database: Database,
  userId: string,
  signal: AbortSignal,
): Promise<readonly CopyFailure[]> {
  const kept = await database.read(userId, (tx) =>
    tx.query<KeptExport>(
      `select id, filename, hash as sha256, file_path as "filePath", storage = 'reference' as "isReference"
       from vault.sidecars where kind = 'export' order by created_at, id`,
    ),
  )
  const failures: CopyFailure[] = []
  for (const { id, filename, sha256, filePath, isReference } of kept) {
    signal.throwIfAborted()
    const ending = extname(filename) || extname(filePath)
    const stem = filename.slice(0, filename.length - extname(filename).length)
    const path = `exports/${safeName(`${stem.slice(0, 150)}-${sha256.slice(0, 8)}${ending}`, ending)}`
    if ((await hashOf(() => openInside(target.dir, path), signal)) === sha256) continue
    const times = { takenAt: null, takenLocal: null, sourceMtimeMs: null }
    const item = { id, sha256, filePath, isReference, ...times }
    const outcome = await copyOriginal(target, { item, path }, signal)
    if (outcome !== 'copied') failures.push({ id, filename, outcome, reason: copyReasons[outcome] })
  }
  return failures
}
