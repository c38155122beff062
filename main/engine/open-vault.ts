import { join, resolve } from 'node:path'
import type { OpenVault } from './api/index.ts'
import { createAlarm } from './base/alarm.ts'
import { CofferError, isDiskFull, messageOf } from './base/errors.ts'
import { openFileLog, type FileLog } from './base/file-log.ts'
import { newId } from './base/ids.ts'
import { sweepRuntime, sweepVaultScratch } from './base/scratch.ts'
import { createBell } from './changes/index.ts'
import {
  assertNotLost,
  assertOwnFolders,
  dropBallast,
  lockVault,
  openDatabase,
  readVaultFile,
  type Database,
} from './database/index.ts'
import { holdsOriginals } from './files/index.ts'
import { setWorkAside, startJobs, type Room } from './jobs/index.ts'
import { startMediaWorkers } from './media/index.ts'
import { roomsOf, type Given } from './rooms.ts'

/** What an engine gives to every vault it opens. */
export interface OpenGiven extends Given {
  /** Where this computer keeps its own key; null for the place of the command line. */
  readonly stateDir: string | null
  /** Watched folders are watched and backups run by themselves while the vault is open. */
  readonly isWatching: boolean
}

const dayMs = 86_400_000

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
    openResources(dir, options, (log) =>
      openDatabase({ vaultDir: dir, stateDir, trust, migrate, log, mediaFolderHasFiles: () => holdsOriginals(dir) }),
    )
  return open().catch(async (error: unknown) => {
    // Opening itself writes a little. The room set aside for that is let go before a person is asked to make some.
    if (!isDiskFull(error) || !(await dropBallast(dir))) throw error
    return open()
  })
}

/** Throws `vault-not-found`, `vault-damaged` for one that has lost its `vault.json`, and `path-outside`. */
export async function assertVaultThere(dir: string): Promise<void> {
  await assertOwnFolders(dir)
  if (await readVaultFile(dir)) return
  assertNotLost(dir)
  throw new CofferError(`There is no vault at ${dir}.`, { code: 'vault-not-found' })
}

/** Takes the lock, opens log and database, and lets the rooms begin; whatever fails, all that was opened is closed again. */
export async function openResources(
  dir: string,
  given: OpenGiven,
  open: (log: FileLog) => Promise<Database>,
): Promise<OpenVault> {
  await using opened = new AsyncDisposableStack()
  const lock = opened.adopt(await lockVault(dir, {}), (each) => each.release())
  const log = opened.adopt(openFileLog(join(dir, 'logs')), (each) => each.close())
  const database = opened.adopt(
    await open(log).catch((error: unknown) => {
      // What the server said is for the support; the person gets the sentence.
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
  const workers = opened.adopt(startMediaWorkers({ log }), (each) => each.close())
  const base = { dir, file, database, bell: createBell(database), workers, log }
  const rooms = await roomsOf(base, given)
  for (const room of rooms.all) await room.prepare?.()
  const jobs = opened.adopt(
    await startJobs({
      database,
      log,
      handlers: rooms.all.flatMap((room) => room.jobs ?? []),
      async onParked(job) {
        for (const room of rooms.all) await room.onParked?.(job)
      },
    }),
    (each) => each.close(),
  )
  for (const room of rooms.all) await room.daily?.()
  opened.defer(everyDay(rooms.all, log))
  for (const room of rooms.all) opened.defer(async () => room.close?.())
  if (given.isWatching && database.isOwn) for (const room of rooms.all) await room.start?.()
  log.info('vault-opened', { session: newId() })
  const held = opened.move()
  return { ...base, ...rooms.parts(), lock, jobs, close: () => held.disposeAsync() }
}

/** Lets rooms do once a day what they do daily; returns how to end that. */
function everyDay(rooms: readonly Room[], log: FileLog): () => void {
  const alarm = createAlarm(() => {
    alarm.set(Date.now() + dayMs)
    void doAll()
  })
  alarm.set(Date.now() + dayMs)
  return () => alarm.close()

  async function doAll(): Promise<void> {
    for (const room of rooms) {
      await room.daily?.().catch((error: unknown) => {
        log.error('daily-upkeep-failed', { message: messageOf(error) })
      })
    }
  }
}
