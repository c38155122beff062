import { link, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { syncFile, syncFolder } from '../../base/durable.ts'
import { CofferError, systemCode } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { vaultScratch } from '../../base/scratch.ts'
import { isInside } from '../../base/paths.ts'
import { readVaultFile } from '../../database/index.ts'
import type { AgeTarget } from '../../keys/index.ts'
import { archiveReadme } from './archive-readme.ts'
import type { BackupProgress, BackupResult, VaultToBackUp } from './create.ts'
import { gather, sourceOf } from './gather.ts'
import { startPool } from '../pack/pool.ts'
import { formatVersion } from '../repository/repository.ts'
import { jsonLines, snapshotLine, type SnapshotAbout } from './snapshot.ts'
import { destinationError } from '../repository/store.ts'

export interface ArchiveMade extends Omit<BackupResult, 'snapshot' | 'number' | 'mended' | 'readBackBytes'> {
  /** The file, and how large it is. */
  readonly file: string
}

/**
 * Writes a whole vault, as it is now, into one encrypted file (docs/formats/backup.md). The file gets its name when it is whole
 * and on the disk. Throws `backup-exists` rather than replace anything, `bad-request`, `path-inside-vault`,
 * `backup-unreachable`, `disk-full`, and what `signal` gives as its reason.
 */
export async function createArchive(
  vault: VaultToBackUp,
  path: string,
  to: AgeTarget,
  options: { readonly signal: AbortSignal; readonly onProgress?: (now: BackupProgress) => void },
): Promise<ArchiveMade> {
  const startedMs = performance.now()
  const say = options.onProgress ?? (() => {})
  const file = await acceptArchive(vault.vaultDir, path)
  const part = `${file}.part`
  const scratch = await vaultScratch(vault.vaultDir, 'backup')
  try {
    const vaultFile = await readVaultFile(vault.vaultDir)
    if (!vaultFile) throw new CofferError('The vault’s vault.json is missing.', { code: 'vault-damaged' })
    const createdAt = new Date().toISOString()
    say({ phase: 'database', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0 })
    const moment = await gather(vault.database, scratch)
    options.signal.throwIfAborted()
    const files = (await Array.fromAsync(moment.originals())).flat()
    const totalBytes = files.reduce((sum, each) => sum + each.size, 0)
    const totalFiles = files.length
    const about: SnapshotAbout = {
      format: formatVersion,
      id: newId(),
      createdAt,
      vaultId: vaultFile.id,
      vaultName: vaultFile.name,
      schemaVersion: moment.dumped.schemaVersion,
      program: 'coffer',
      files: totalFiles,
      bytes: totalBytes,
      tables: { ...moment.dumped.tables },
      sums: { ...moment.dumped.sums },
      missing: [],
    }
    const listed = files.map(snapshotLine)
    await using pool = startPool(options.signal, { threads: 1, heapMb: 512 })
    const { size, bad } = await pool.archive(
      {
        temporary: part,
        to,
        parts: [
          { name: 'README.txt', text: archiveReadme },
          { name: 'snapshot.json', text: JSON.stringify(about, null, 2) },
          { name: 'vault.json', text: JSON.stringify(vaultFile, null, 2) },
          { name: 'files.jsonl', text: jsonLines(listed) },
          { name: 'albums.jsonl', text: jsonLines(moment.albums) },
          { name: 'database.sql', file: moment.sqlPath },
        ],
        files: files.map((each) => ({
          hash: each.sha256,
          size: each.size,
          ...sourceOf(vault.vaultDir, vault.database, each),
          name: each.path,
        })),
      },
      (now) => say({ phase: 'originals', totalFiles, totalBytes, ...now }),
    )
    await syncFile(part)
    await giveName(part, file)
    const reasons = new Map(bad.map((each) => [each.hash, each.reason]))
    const problems = files.flatMap(({ sha256, source, mediaId }) => {
      const reason = reasons.get(sha256)
      return reason === undefined ? [] : [{ path: source, mediaId, reason }]
    })
    const kept = files.filter((each) => !reasons.has(each.sha256))
    return {
      file,
      id: about.id,
      createdAt,
      files: kept.length,
      bytes: kept.reduce((sum, each) => sum + each.size, 0),
      addedBytes: size,
      seconds: (performance.now() - startedMs) / 1000,
      problems,
    }
  } catch (error) {
    await rm(part, { force: true }).catch(() => {})
    if (options.signal.aborted) throw options.signal.reason
    throw destinationError(error)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Looks whether a file may be written there; answers with its full path. Makes nothing. */
export async function acceptArchive(vaultDir: string, path: string): Promise<string> {
  if (!isAbsolute(path)) throw new CofferError(`“${path}” is not a full path.`, { code: 'bad-request' })
  const file = resolve(path)
  const folder = await realpath(dirname(file)).catch((cause: unknown) => {
    throw new CofferError(`The folder ${dirname(file)} does not exist. Is its drive connected?`, {
      code: 'backup-unreachable',
      retry: 'later',
      cause,
    })
  })
  if (isInside(folder, await realpath(vaultDir))) {
    throw new CofferError('A backup inside the vault would be lost with it. Choose another drive or folder.', {
      code: 'path-inside-vault',
    })
  }
  if (await stat(file).catch(() => null)) throw taken(file)
  return file
}

/** Never in place of another file: a link cannot replace one, a rename could. */
async function giveName(part: string, file: string): Promise<void> {
  try {
    await link(part, file)
    await rm(part)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw taken(file)
    // Drives formatted for Windows know no links.
    if (await stat(file).catch(() => null)) throw taken(file)
    await rename(part, file)
  }
  await syncFolder(dirname(file), ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR'])
}

function taken(file: string): CofferError {
  return new CofferError(`There is already a file at ${file}. It is never overwritten; choose another name.`, {
    code: 'backup-exists',
  })
}
