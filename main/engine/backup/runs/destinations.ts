import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type {
  Backup,
  BackupEdit,
  BackupKey,
  BackupProgressNow,
  BackupRun,
  BackupWait,
  NewBackup,
  NewBackupAnswer,
} from '../../../contract/index.ts'
import { CofferError } from '../../base/errors.ts'
import { makeFolders } from '../../base/folders.ts'
import { isInside } from '../../base/paths.ts'
import type { Reader } from '../../database/index.ts'
import { ageRecipient, newAgeIdentity, openSecret, sealSecret, type AgeKeys } from '../../keys/index.ts'
import { record } from '../../objects/index.ts'
import type { BackupContext } from './context.ts'
import { isSaveDue } from './due.ts'
import { noteKey } from './note-key.ts'
import { reasonOf } from './reasons.ts'
import { createRepository, isRepository, openRepository, type Repository } from '../repository/repository.ts'
import { destinationError } from '../repository/store.ts'
import { addRepositoryKey, setPassphrase } from '../repository/keys.ts'

interface Row extends Omit<Backup, 'isReachable' | 'hasKey' | 'keep' | 'running' | 'waitsFor' | 'reason'> {
  readonly isDue: boolean
  readonly sealed: Uint8Array | null
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

const columns = `b.id, b.path, b.is_enabled as "isEnabled", b.every_hours as "everyHours", b.keep_daily as daily,
  b.keep_weekly as weekly, b.keep_monthly as monthly, b.last_tried_at as "lastTriedAt", b.last_saved_at as "lastSavedAt",
  b.last_proven_at as "lastProvenAt", b.last_files as "lastFiles", b.last_bytes as "lastBytes",
  b.repository_bytes as "repositoryBytes", b.problem, b.created_at as "createdAt", b.with_thumbnails as "withThumbnails",
  b.is_enabled and ${isSaveDue} as "isDue",
  (select r.result from meta.backup_runs r where r.backup_id = b.id and r.status = 'paused' limit 1) as paused`

/** Where this person's vault is backed up to. */
export async function listBackups(context: BackupContext, userId: string): Promise<Backup[]> {
  const rows = await context.database.asService((tx) =>
    tx.query<Row>(
      `select ${columns}, b.sealed_key as sealed from meta.backups b where user_id = $1 order by b.created_at`,
      [userId],
    ),
  )
  return Promise.all(rows.map((row) => shown(row, context)))
}

/** One backup. Throws `not-found`. */
export async function readBackup(context: BackupContext, userId: string, id: string): Promise<Backup> {
  const found = (await listBackups(context, userId)).find((backup) => backup.id === id)
  if (!found) throw new CofferError('There is no such backup.', { code: 'not-found' })
  return found
}

async function shown(row: Row, context: BackupContext): Promise<Backup> {
  const { storeKey } = context
  const { sealed, daily, weekly, monthly, isDue, ...rest } = row
  const isReachable = await stat(row.path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
  // A key that another computer sealed does not open here.
  const isSealedHere = storeKey !== null && sealed !== null && unsealed(storeKey, row.id, sealed) !== null
  const hasKey = context.keys.has(row.id) || isSealedHere
  const running = progressOf(context, row.id)
  const mayWait = isDue && running === null && row.paused === null
  return {
    ...rest,
    ...reasonOf(row.problem),
    isReachable,
    hasKey,
    keep: { daily, weekly, monthly },
    running,
    waitsFor: mayWait ? await obstacle(context, isReachable, hasKey) : null,
  }
}

function progressOf({ running }: BackupContext, id: string): BackupProgressNow | null {
  const work = running.find(id)
  if (!work) return null
  const { phase, files, totalFiles, bytes, totalBytes, bytesPerSecond, secondsLeft } = work.progress
  // What stands still, or counts no bytes, has no rate to tell.
  const isTold = bytesPerSecond !== null && bytesPerSecond > 0 && totalBytes > 0
  const rates = { bytesPerSecond: isTold ? bytesPerSecond : null, secondsLeft }
  return { kind: work.detail, phase, files, totalFiles, bytes, totalBytes, ...rates }
}

/** What a due backup waits for, the person's part first. */
async function obstacle(context: BackupContext, isReachable: boolean, hasKey: boolean): Promise<BackupWait> {
  if (!isReachable) return 'away'
  if (!hasKey) return 'key'
  if (await context.isOnBattery()) return 'battery'
  return context.isBusy() || context.running.isRunning() ? 'busy' : 'soon'
}

/** The last runs of a backup, newest first. */
export async function backupRuns(tx: Reader, id: string, limit = 100): Promise<BackupRun[]> {
  const rows = await tx.query<Omit<BackupRun, 'reason'>>(
    `select id, kind, status, started_at as "startedAt", finished_at as "finishedAt", result, problem
     from meta.backup_runs where backup_id = $1 order by started_at desc, id desc limit $2`,
    [id, limit],
  )
  return rows.map((row) => ({ ...row, ...reasonOf(row.problem) }))
}

/**
 * Makes a repository in an empty folder, or takes up the one that is there, and remembers it. Throws `path-inside-vault`,
 * `backup-exists`, `backup-wrong-key`, `weak-password`, `bad-request`.
 */
export async function addBackup(context: BackupContext, userId: string, input: NewBackup): Promise<NewBackupAnswer> {
  if (!isAbsolute(input.path)) throw new CofferError(`“${input.path}” is not a full path.`, { code: 'bad-request' })
  const path = resolve(input.path)
  await refuseInsideVault(context.vaultDir, path)
  const recovery = input.withRecoveryKey === true ? await newAgeIdentity() : null
  const recipients = {
    ...input.recipients,
    ...(recovery !== null && { recovery: await ageRecipient(recovery) }),
  }
  const repository = await ((await isRepository(path)) ? takeUp : makeNew)(path, input, recipients).catch(
    (error: unknown) => {
      throw destinationError(error)
    },
  )
  const id = await context.database.asService(async (tx) => {
    const row = await tx.one<{ id: string }>(
      `insert into meta.backups (user_id, path, repository_id, is_enabled, with_thumbnails) values ($1, $2, $3, $4, $5)
       on conflict (path) do update set repository_id = excluded.repository_id, problem = null returning id`,
      [userId, path, repository.id, input.isEnabled ?? true, input.withThumbnails ?? false],
    )
    if (!row) throw new Error('a backup was not stored')
    await record(tx, { userId, action: 'backups.added', ids: [row.id], change: 'added' })
    return row.id
  })
  await remember(context, id, repository.identity)
  return { backup: await readBackup(context, userId, id), recoveryKey: recovery }
}

async function makeNew(
  path: string,
  input: NewBackup,
  recipients: Readonly<Record<string, string>>,
): Promise<Repository> {
  // A folder that cannot be emptied by us is refused before anything is asked of the person.
  await makeFolders(path)
  if ((await readdir(path)).length > 0) {
    throw new CofferError(`${path} is not empty. A backup needs a folder of its own.`, { code: 'backup-exists' })
  }
  return createRepository(path, { recipients, ...(input.passphrase !== undefined && { passphrase: input.passphrase }) })
}

async function takeUp(
  path: string,
  input: NewBackup,
  recipients: Readonly<Record<string, string>>,
): Promise<Repository> {
  const repository = await openRepository(path, ageKeysOf(input))
  for (const [name, recipient] of Object.entries(recipients)) {
    await addRepositoryKey(repository, name, recipient, { replaces: true })
  }
  return repository
}

/**
 * Changes when it runs, what it holds and keeps, or its passphrase; what is already so leaves no line. Throws `not-found`, and for a passphrase `backup-locked`
 * and what opening needs.
 */
export async function editBackup(
  context: BackupContext,
  userId: string,
  id: string,
  edit: BackupEdit,
): Promise<Backup> {
  const backup = await readBackup(context, userId, id)
  const { passphrase } = edit
  const set = passphrase === undefined ? null : await setPassphrase(await repositoryOf(context, backup, {}), passphrase)
  await context.database.asService(async (tx) => {
    const changed = await tx.execute(
      `update meta.backups b set is_enabled = w.is_enabled, every_hours = w.every_hours, keep_daily = w.keep_daily,
         keep_weekly = w.keep_weekly, keep_monthly = w.keep_monthly, with_thumbnails = w.with_thumbnails
       from (
         select id, coalesce($2, is_enabled) as is_enabled, coalesce($3, every_hours) as every_hours,
           coalesce($4, keep_daily) as keep_daily, coalesce($5, keep_weekly) as keep_weekly,
           coalesce($6, keep_monthly) as keep_monthly, coalesce($7, with_thumbnails) as with_thumbnails
         from meta.backups where id = $1) w
       where b.id = w.id
         and (b.is_enabled, b.every_hours, b.keep_daily, b.keep_weekly, b.keep_monthly, b.with_thumbnails)
           is distinct from (w.is_enabled, w.every_hours, w.keep_daily, w.keep_weekly, w.keep_monthly, w.with_thumbnails)`,
      [
        id,
        edit.isEnabled ?? null,
        edit.everyHours ?? null,
        edit.keep?.daily ?? null,
        edit.keep?.weekly ?? null,
        edit.keep?.monthly ?? null,
        edit.withThumbnails ?? null,
      ],
    )
    if (set) await noteKey(tx, userId, id, set.isNew ? 'added' : 'replaced', set.name)
    if (changed > 0) await record(tx, { userId, action: 'backups.changed', ids: [id], change: 'changed' })
  })
  return readBackup(context, userId, id)
}

/** Stops using a repository; the repository itself stays as it is. Throws `not-found`. */
export async function removeBackup(context: BackupContext, userId: string, id: string): Promise<void> {
  await readBackup(context, userId, id)
  await context.running.stop(id)
  context.keys.delete(id)
  await context.database.asService(async (tx) => {
    await tx.execute(`delete from meta.backups where id = $1`, [id])
    await record(tx, { userId, action: 'backups.removed', ids: [id], change: 'removed' })
  })
}

/**
 * Opens the repository of a backup with the key given, the one of this session, or the one in the key store. A key that
 * was given and fits is remembered. Throws `backup-wrong-key` when none fits.
 */
export async function repositoryOf(
  context: BackupContext,
  backup: { readonly id: string; readonly path: string },
  given: BackupKey,
): Promise<Repository> {
  const inMemory = context.keys.get(backup.id)
  const known = inMemory ?? (await sealedKey(context, backup.id))
  if (inMemory === undefined && known !== null) await noteSecretRead(context, backup.id)
  const isGiven = given.passphrase !== undefined || given.identity !== undefined
  if (!isGiven && known === null) {
    throw new CofferError('Coffer needs the passphrase of this backup.', { code: 'backup-wrong-key' })
  }
  const repository = await openRepository(backup.path, isGiven ? ageKeysOf(given) : { identities: [known ?? ''] })
  if (isGiven) await remember(context, backup.id, repository.identity)
  else context.keys.set(backup.id, repository.identity)
  return repository
}

/** Keeps a key for this session, and sealed for the next ones where the system has a key store. */
async function remember(context: BackupContext, id: string, identity: string): Promise<void> {
  context.keys.set(id, identity)
  const { storeKey } = context
  if (storeKey === null) return
  await context.database.asService((tx) =>
    tx.execute(`update meta.backups set sealed_key = $2 where id = $1`, [
      id,
      sealSecret(storeKey, sealedFor(id), identity),
    ]),
  )
}

function sealedFor(id: string): string {
  return `backup:${id}`
}

function unsealed(storeKey: string, id: string, sealed: Uint8Array): string | null {
  return openSecret(storeKey, sealedFor(id), sealed)
}

async function sealedKey(context: BackupContext, id: string): Promise<string | null> {
  const { storeKey } = context
  if (storeKey === null) return null
  const row = await context.database.asService((tx) =>
    tx.one<{ sealed: Uint8Array | null }>(`select sealed_key as sealed from meta.backups where id = $1`, [id]),
  )
  return row?.sealed ? unsealed(storeKey, id, row.sealed) : null
}

/** Once for each time the vault is open: the key is kept in memory afterwards. */
async function noteSecretRead(context: BackupContext, id: string): Promise<void> {
  await context.database.asService(async (tx) => {
    const owner = await tx.one<{ userId: string }>(`select user_id as "userId" from meta.backups where id = $1`, [id])
    if (owner) await record(tx, { ...owner, action: 'secrets.read', ids: [id], objectType: 'backups' })
  })
}

/** The key of a request as age wants it; an identity may come with the comments of its file. */
export function ageKeysOf(key: BackupKey): AgeKeys {
  const identities = key.identity?.toUpperCase().match(/AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+/g) ?? []
  if (key.identity !== undefined && identities.length === 0) {
    throw new CofferError('That is not an age identity. It should begin with AGE-SECRET-KEY-1.', {
      code: 'bad-request',
    })
  }
  return { identities, ...(key.passphrase !== undefined && { passphrase: key.passphrase }) }
}

async function refuseInsideVault(vaultDir: string, path: string): Promise<void> {
  const vault = await realpath(vaultDir)
  const real = await realpath(path).catch(() => path)
  if (!isInside(real, vault)) return
  throw new CofferError('A backup inside the vault would be lost with it. Choose another drive or folder.', {
    code: 'path-inside-vault',
  })
}
