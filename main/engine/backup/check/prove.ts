import { rm } from 'node:fs/promises'
import { personalScratch, vaultScratch } from '../../base/scratch.ts'
import type { Dumped } from '../../database/index.ts'
import { findSnapshot } from './check.ts'
import { extract } from '../restore/extract.ts'
import type { Repository } from '../repository/repository.ts'
import { restoreDatabase } from '../restore/restore-database.ts'
import type { RestoreOptions } from '../restore/restore.ts'

export interface ProofResult {
  readonly snapshot: string
  readonly createdAt: string
  readonly files: number
  readonly bytes: number
  readonly seconds: number
  readonly problems: readonly string[]
}

/**
 * Proves that a snapshot can be restored: every original it needs is read, decrypted and compared with its hash, and its
 * database is restored into a scratch folder, its rows are compared with those that were backed up, and it is migrated and opened. Nothing is kept.
 */
export async function proveSnapshot(
  repository: Repository,
  options: RestoreOptions & {
    /** The vault that is open, whose disk and lock the scratch folder uses; without one it is in the person's data folder. */
    readonly vaultDir?: string
  },
): Promise<ProofResult> {
  const startedMs = performance.now()
  const name = await findSnapshot(repository, options.snapshot)
  const { vaultDir } = options
  const scratch = await (vaultDir === undefined ? personalScratch('proof') : vaultScratch(vaultDir, 'proof'))
  try {
    const problems: string[] = []
    let loaded: Pick<Dumped, 'tables' | 'sums'> = { tables: {}, sums: {} }
    const { database, contents } = await restoreDatabase(
      repository,
      name,
      scratch,
      { from: repository.store.dir, snapshot: name },
      {
        beside: async () => null,
        // Of the schema of that day: later migrations may add rows of their own.
        onLoaded: (found) => {
          loaded = found
        },
        after: async () => {},
      },
    )
    const { about, files } = contents
    for (const [table, expected] of Object.entries(about.tables)) {
      const rows = loaded.tables[table] ?? 0
      if (rows !== expected) problems.push(`${table} has ${rows} rows instead of ${expected}.`)
    }
    for (const [table, expected] of Object.entries(about.sums ?? {})) {
      if (loaded.sums[table] !== expected) problems.push(`${table} differs from what was backed up.`)
    }
    try {
      const kept = await database.asService((tx) =>
        tx.one<{ n: number }>(`select (select count(*) from vault.media) + (select count(*) from vault.sidecars) as n`),
      )
      if (kept?.n !== files.length + about.missing.length)
        problems.push('The list of originals and the database differ.')
    } finally {
      await database.close()
    }
    const whole = await extract(repository, new Map(files.map((file) => [file.sha256, []])), options)
    for (const file of files) if (!whole.has(file.sha256)) problems.push(`${file.filename} cannot be restored.`)
    return {
      snapshot: name,
      createdAt: about.createdAt,
      files: files.length,
      bytes: files.reduce((sum, file) => sum + file.size, 0),
      seconds: (performance.now() - startedMs) / 1000,
      problems,
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
