import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { createBackup, createRepository, type BackupResult, type Repository } from '../../main/engine/backup/index.ts'
import { testVault, type TestVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

export const passphrase = 'correct horse battery staple'
export const never = new AbortController().signal

export interface BackedUpVault extends TestVault {
  readonly source: string
  readonly repositoryDir: string
  readonly repository: Repository
  backup(options?: { readonly withThumbnails: boolean }): Promise<BackupResult>
}

/** A vault with photos (and one large file that is packed alone), and an empty repository beside it. */
export async function vaultWithRepository(t: TestContext, photos: number): Promise<BackedUpVault> {
  const vault = await testVault(t)
  const source = join(vault.folder, 'camera')
  await mkdir(source)
  for (let number = 0; number < photos; number += 1) {
    await settledFile(join(source, `photo ${number}.jpg`), await jpeg(number))
  }
  // A picture whose trailer makes it larger than what is packed together.
  await settledFile(join(source, 'large.jpg'), Buffer.concat([await jpeg(999), randomBytes(17 << 20)]))
  await vault.import({ paths: [source] })
  const repositoryDir = join(vault.folder, 'backup')
  const repository = await createRepository(repositoryDir, { passphrase })
  return {
    ...vault,
    source,
    repositoryDir,
    repository,
    backup: (options = { withThumbnails: false }) => {
      const { database, log } = vault.engine.vault()
      return createBackup({ vaultDir: vault.dir, database, log }, repository, { signal: never, ...options })
    },
  }
}
