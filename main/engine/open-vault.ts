import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OpenVault } from './api/index.ts'
import {
  addUser,
  createApiTokens,
  createSessions,
  eraseUser,
  finishErasing,
  listUsers,
  openVaultKey,
  type Erased,
} from './accounts/index.ts'
import { createAlarm } from './base/alarm.ts'
import { CofferError, isDiskFull, messageOf, systemCode } from './base/errors.ts'
import { openFileLog, type FileLog } from './base/file-log.ts'
import { makeFolders } from './base/folders.ts'
import { newId } from './base/ids.ts'
import { sweepRuntime, sweepVaultScratch } from './base/scratch.ts'
import {
  backupJob,
  createArchiver,
  isOnBattery,
  runBackup,
  runScrub,
  scrubJob,
  startBackupSchedule,
  startScrubSchedule,
  type BackupContext,
} from './backup/index.ts'
import { exportFolders, exportJob, runExport, type ExportContext } from './export/index.ts'
import { createBell, forgetOldChanges } from './changes/index.ts'
import {
  assertNotLost,
  assertOwnFolders,
  createDatabase,
  dropBallast,
  holdSchema,
  lockVault,
  moveDatabase,
  openDatabase,
  readVaultFile,
  rewriteVaultFile,
  type Database,
  type DatabaseInfo,
  type Moved,
  type MoveStep,
  type MoveTarget,
} from './database/index.ts'
import { holdsOriginals } from './files/index.ts'
import { createWork, handle, setWorkAside, startJobs, type ParkedJob } from './jobs/index.ts'
import {
  createSpace,
  importJob,
  importWork,
  parkImport,
  previewJob,
  runImport,
  sweep,
  uploadJob,
  type IntakeContext,
} from './library/intake/index.ts'
import {
  purgeExpired,
  purgeFiles,
  purgeFilesJob,
  readLater,
  readLaterAtStart,
  readLaterJob,
  rebuildJob,
  rebuildPictures,
  retentionDays,
} from './library/index.ts'
import { startMediaWorkers } from './media/index.ts'
import { forgetOldKeys, forgetOldSyncLogs, purgeOldObjects } from './objects/index.ts'
import { startWatching } from './watch/index.ts'

/** What an engine gives to every vault it opens. */
interface OpenGiven {
  /** Where this computer keeps its own key; null for the place of the command line. */
  readonly stateDir: string | null
  /** Watched folders are watched and backups run by themselves while the vault is open. */
  readonly isWatching: boolean
  readonly storeKey: string | null
  /** Opens what the vault keeps sealed where the system has no key store. */
  readonly keyPassphrase?: string | undefined
  /** Whether the computer runs on battery, as whoever started the engine was told; null when nobody was. */
  toldOnBattery(): boolean | null
}

/** Makes a vault with its first person in an empty or missing folder, and opens it. */
export async function createVault(
  path: string,
  options: OpenGiven & { readonly name?: string; readonly username: string; readonly password?: string },
): Promise<OpenVault> {
  const dir = resolve(path)
  await refuseUnlessEmpty(dir)
  await makeFolders(dir)
  const password = options.password === undefined ? {} : { password: options.password }
  return hold(dir, options, (log) =>
    createDatabase({
      vaultDir: dir,
      stateDir: options.stateDir,
      log,
      ...(options.name && { name: options.name }),
      fill: async (database) => void (await addUser(database, { username: options.username, ...password })),
    }),
  )
}

/**
 * Opens a vault that exists. One that this computer neither made nor was told to trust opens with less: nothing it has stored is
 * done by itself, and no path out of it is followed. Throws `vault-not-found`, `vault-locked`, `vault-untrusted`, and what the
 * database's guard finds.
 */
export async function openVault(
  path: string,
  options: OpenGiven & { readonly trust?: boolean; readonly migrate?: boolean },
): Promise<OpenVault> {
  const dir = resolve(path)
  await assertVaultThere(dir)
  const { stateDir, trust = false, migrate = false } = options
  const open = (): Promise<OpenVault> =>
    hold(dir, options, (log) =>
      openDatabase({ vaultDir: dir, stateDir, trust, migrate, log, mediaFolderHasFiles: () => holdsOriginals(dir) }),
    )
  return open().catch(async (error: unknown) => {
    // Opening itself writes a little. The room set aside for that is let go before a person is asked to make some.
    if (!isDiskFull(error) || !(await dropBallast(dir))) throw error
    return open()
  })
}

async function assertVaultThere(dir: string): Promise<void> {
  await assertOwnFolders(dir)
  if (await readVaultFile(dir)) return
  assertNotLost(dir)
  throw new CofferError(`There is no vault at ${dir}.`, { code: 'vault-not-found' })
}

/** Destroys everything of one person in a vault that nobody has open. */
export async function eraseFromVault(
  dir: string,
  userId: string,
  { stateDir }: Pick<OpenGiven, 'stateDir'>,
): Promise<Erased> {
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  const database = opened.use(
    await openDatabase({ vaultDir: dir, stateDir, mediaFolderHasFiles: () => holdsOriginals(dir) }),
  )
  // Awaited here, so that nothing is closed before it has ended.
  return await eraseUser({ vaultDir: dir, database }, userId)
}

/**
 * Steps the schema of a vault that nobody has open back to a version, and remembers that it was on purpose. Throws
 * `vault-locked`, `migration-failed`.
 */
export async function stepBackVault(
  dir: string,
  toVersion: number,
  { stateDir }: Pick<OpenGiven, 'stateDir'>,
): Promise<DatabaseInfo> {
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  const database = opened.use(
    await openDatabase({ vaultDir: dir, stateDir, mediaFolderHasFiles: () => holdsOriginals(dir) }),
  )
  const before = (await database.info()).schemaVersion
  await database.rollback(toVersion)
  const info = await database.info()
  if (info.schemaVersion < before) await holdSchema(dir, info.schemaVersion)
  return info
}

/** Writes the lost `vault.json` of a vault that nobody has open again; true when it was lost. Throws as `rewriteVaultFile`. */
export async function recoverVaultFile(
  path: string,
  options: { readonly stateDir: string | null; readonly trust: boolean },
): Promise<boolean> {
  const dir = resolve(path)
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  return await rewriteVaultFile(dir, options)
}

/** Moves the database of a vault that nobody has open to another engine. Throws `vault-locked` and what `moveDatabase` does. */
export async function moveVaultDatabase(
  path: string,
  given: {
    readonly to: MoveTarget
    readonly onStep?: (step: MoveStep) => void
    readonly signal?: AbortSignal
    readonly trust?: boolean
  },
): Promise<Moved> {
  const dir = resolve(path)
  await assertVaultThere(dir)
  await using opened = new AsyncDisposableStack()
  opened.adopt(await lockVault(dir, {}), (lock) => lock.release())
  const log = opened.adopt(openFileLog(join(dir, 'logs')), (each) => each.close())
  const moved = await moveDatabase({ ...given, vaultDir: dir, log, mediaFolderHasFiles: () => holdsOriginals(dir) })
  log.info('database-moved', { from: moved.from, to: moved.to, rows: moved.rows })
  return moved
}

/** Takes the lock, opens log and database, and starts the work; whatever fails, all that was opened is closed again. */
async function hold(dir: string, given: OpenGiven, open: (log: FileLog) => Promise<Database>): Promise<OpenVault> {
  await using opened = new AsyncDisposableStack()
  const lock = opened.adopt(await lockVault(dir, {}), (each) => each.release())
  const log = opened.adopt(openFileLog(join(dir, 'logs')), (each) => each.close())
  const database = opened.adopt(
    await open(log).catch((error: unknown) => {
      // What the server said is for whoever helps; the person gets the sentence.
      const server = error instanceof CofferError ? error.details?.['server'] : undefined
      log.error('vault-not-opened', { message: messageOf(error), ...(typeof server === 'string' && { server }) })
      throw error
    }),
    (each) => each.close(),
  )
  const file = await readVaultFile(dir)
  if (!file) throw new CofferError('The vault lost its vault.json while it was opened.', { code: 'vault-damaged' })
  await sweepRuntime()
  await sweepVaultScratch(dir)
  if (!database.isOwn) {
    log.warn('vault-from-elsewhere')
    await database.asService(setWorkAside)
  }
  await finishErasing({ vaultDir: dir, database }).catch((error: unknown) => {
    // The rows are gone; what their pages still hold goes at a start that finds more room.
    if (!isDiskFull(error)) throw error
    log.warn('erasing-waits', { message: messageOf(error) })
  })
  for (const user of await listUsers(database)) {
    const { removed } = await sweep({ vaultDir: dir, database }, user.id)
    if (removed > 0) log.info('swept-incoming', { removed })
  }
  const sessions = createSessions({ database, vaultId: file.id })
  const tokens = createApiTokens({ database })
  const vaultKey = await openVaultKey({ database, storeKey: given.storeKey, passphrase: given.keyPassphrase })
  const workers = opened.adopt(startMediaWorkers({ log }), (each) => each.close())
  const bell = createBell()
  const work = createWork()
  const folders = [exportFolders({ database, bell, log })]
  const intake: IntakeContext = {
    vaultDir: dir,
    database,
    workers,
    bell,
    running: work.of(importWork),
    space: createSpace(database),
    log,
    folders,
  }
  const backup: BackupContext = {
    vaultDir: dir,
    database,
    bell,
    log,
    running: work.of('backup'),
    keys: new Map(),
    isBusy: () => intake.running.isRunning(),
    isOnBattery: () => isOnBattery(given.toldOnBattery()),
    get storeKey() {
      return vaultKey.current()
    },
  }
  const exporting: ExportContext = { vaultDir: dir, vault: file, database, bell, log, running: work.of('export') }
  const archiver = opened.adopt(createArchiver(backup, work.of('backup-file')), (each) => each.cancel())
  // Reading what took too long waits for imports: people wait for those.
  const isBusy = (): boolean => intake.running.isRunning()
  const handlers = [
    handle(backupJob, (job) => runBackup(backup, job)),
    handle(exportJob, (job) => runExport(exporting, job)),
    handle(scrubJob, (job) => runScrub(backup, job)),
    handle(rebuildJob, (job) => rebuildPictures({ database, workers, vaultDir: dir }, job)),
    handle(readLaterJob, (job) => readLater({ ...intake, isBusy }, job), { isHeld: isBusy }),
    handle(importJob, (job) => runImport(intake, job)),
    handle(previewJob, (job) => runImport(intake, job)),
    handle(uploadJob, (job) => runImport(intake, job)),
    handle(purgeFilesJob, (job) => purgeFiles(dir, job)),
  ]
  await forgetOldChanges(database, 90)
  await readLaterAtStart(database)
  const onParked = (job: ParkedJob): Promise<void> => parkImport(intake, job)
  const jobs = opened.adopt(await startJobs({ database, log, handlers, onParked }), (each) => each.close())
  await emptyExpired(database, log)
  const daily = createAlarm(() => {
    daily.set(Date.now() + dayMs)
    emptyExpired(database, log).catch((error: unknown) => {
      log.error('trash-not-emptied', { message: messageOf(error) })
    })
  })
  daily.set(Date.now() + dayMs)
  opened.defer(() => daily.close())
  const isWatching = given.isWatching && database.isOwn
  const watching = isWatching ? opened.adopt(await startWatching(intake), (each) => each.close()) : null
  if (isWatching) {
    opened.adopt(startBackupSchedule(backup), (each) => each.close())
    opened.adopt(startScrubSchedule(backup), (each) => each.close())
  }
  log.info('vault-opened', { session: newId() })
  const held = opened.move()
  return {
    dir,
    file,
    lock,
    database,
    sessions,
    tokens,
    vaultKey,
    workers,
    jobs,
    bell,
    work,
    intake,
    watching,
    backup,
    archiver,
    exports: exporting,
    log,
    close: () => held.disposeAsync(),
  }
}

/** How long a request may be repeated under its key, and how long a sync is remembered. */
const keyDays = 7
const syncLogDays = 90
const dayMs = 86_400_000

/** Deletes for good what has lain in the trash for its thirty days, and forgets what has had its time. */
async function emptyExpired(database: Database, log: FileLog): Promise<void> {
  await forgetOldKeys(database, keyDays)
  await forgetOldSyncLogs(database, syncLogDays)
  const purged = (await purgeExpired(database)) + (await purgeOldObjects(database, retentionDays))
  if (purged > 0) log.info('purged-trash', { purged })
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
    if (file?.state === 'creating') {
      if (!(await holdsOriginals(dir))) return
      throw new CofferError(
        `${dir} has originals of a vault that was never finished. Nothing was changed. Restore into the same folder once more: coffer backup restore BACKUP --to ${dir}`,
        { code: 'vault-unfinished' },
      )
    }
    throw new CofferError(`There is already a vault at ${dir}. Open it instead.`, { code: 'vault-exists' })
  }
  if (names.length > 0) {
    throw new CofferError(`${dir} is not empty. A vault needs a folder of its own.`, { code: 'vault-not-empty' })
  }
}
