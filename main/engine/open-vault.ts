import { mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OpenVault } from './api/index.ts'
import { addUser, listUsers } from './accounts/index.ts'
import { CofferError, systemCode } from './base/errors.ts'
import { openFileLog, type FileLog } from './base/file-log.ts'
import { newId } from './base/ids.ts'
import { createBell, forgetOldChanges } from './changes/index.ts'
import {
  createDatabase,
  lockVault,
  openDatabase,
  readVaultFile,
  type Database,
  type VaultLock,
} from './database/index.ts'
import { holdsFiles } from './files/index.ts'
import { startJobs } from './jobs/index.ts'
import {
  createLiveImports,
  importJob,
  previewJob,
  runImport,
  sweep,
  type IntakeContext,
} from './library/intake/index.ts'
import { startMediaWorkers } from './media/index.ts'

/** Makes a vault with its first person in an empty or missing folder, and opens it. */
export async function createVault(
  path: string,
  options: { readonly name?: string; readonly username: string; readonly password?: string },
): Promise<OpenVault> {
  const dir = resolve(path)
  await refuseUnlessEmpty(dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = await lockVault(dir, {})
  try {
    const log = openFileLog(join(dir, 'logs'))
    const database = await createDatabase({ vaultDir: dir, log, ...(options.name && { name: options.name }) })
    const password = options.password === undefined ? {} : { password: options.password }
    if ((await listUsers(database)).length === 0) await addUser(database, { username: options.username, ...password })
    return await begin(dir, lock, database, log)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Opens a vault that exists. Throws `vault-not-found`, `vault-locked`, and what the database's guard finds. */
export async function openVault(path: string): Promise<OpenVault> {
  const dir = resolve(path)
  if (!(await readVaultFile(dir))) {
    throw new CofferError(`There is no vault at ${dir}.`, { code: 'vault-not-found' })
  }
  const lock = await lockVault(dir, {})
  try {
    const log = openFileLog(join(dir, 'logs'))
    const database = await openDatabase({
      vaultDir: dir,
      log,
      mediaFolderHasFiles: () => holdsFiles(join(dir, 'users')),
    })
    return await begin(dir, lock, database, log)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function begin(dir: string, lock: VaultLock, database: Database, log: FileLog): Promise<OpenVault> {
  const file = await readVaultFile(dir)
  if (!file) throw new CofferError('The vault lost its vault.json while it was opened.', { code: 'vault-damaged' })
  for (const user of await listUsers(database)) {
    const { removed } = await sweep({ vaultDir: dir, database }, user.id)
    if (removed > 0) log.info('swept-incoming', { removed })
  }
  const workers = startMediaWorkers({ log })
  const bell = createBell()
  const live = createLiveImports()
  const intake: IntakeContext = { vaultDir: dir, database, workers, bell, live, log }
  const jobs = await startJobs({
    database,
    log,
    handlers: { [importJob]: (job) => runImport(intake, job), [previewJob]: (job) => runImport(intake, job) },
  })
  void forgetOldChanges(database, 90).catch(() => {})
  log.info('vault-opened', { session: newId() })
  return {
    dir,
    file,
    lock,
    database,
    workers,
    jobs,
    bell,
    live,
    intake,
    log,
    async close() {
      await jobs.close()
      await workers.close()
      await database.close()
      log.info('vault-closed')
      await log.close()
      await lock.release()
    },
  }
}

async function refuseUnlessEmpty(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown): string[] => {
    if (systemCode(error) === 'ENOENT') return []
    if (systemCode(error) === 'ENOTDIR') {
      throw new CofferError(`${dir} is a file. A vault needs a folder of its own.`, { code: 'vault-not-empty' })
    }
    throw error
  })
  if (names.includes('vault.json')) {
    const file = await readVaultFile(dir)
    if (file?.state === 'creating') return
    throw new CofferError(`There is already a vault at ${dir}. Open it instead.`, { code: 'vault-exists' })
  }
  if (names.length > 0) {
    throw new CofferError(`${dir} is not empty. A vault needs a folder of its own.`, { code: 'vault-not-empty' })
  }
}
