import { resolve } from 'node:path'
import { backupEndpoints, backupFileEndpoints, type BackupRun, type NewBackup } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import {
  checkRepository,
  forgetSnapshots,
  isArchive,
  restoreArchive,
  proveSnapshot,
  prune,
  restoreFiles,
  restoreVault,
  snapshotList,
  usualKeep,
  ageKeysOf,
} from '../backup/index.ts'
import type { Client } from './client.ts'
import { keyOf, neededKey, repositoryAt, type KeyOptions } from './open-backup.ts'
import { recoveryKeyRemark } from './backup-keys.ts'
import { bytesInWords, exitCodes, plural, table, type Output } from './output.ts'

const askEveryMs = 200

export interface SnapshotOptions extends KeyOptions {
  readonly snapshot?: string
}
export interface CreateOptions extends KeyOptions {
  readonly recipient?: readonly string[]
  readonly recoveryKey?: boolean
  readonly thumbnails?: boolean
}
export interface CheckOptions extends KeyOptions {
  readonly readData?: boolean
  readonly sample?: string
}
export interface RestoreOptions extends SnapshotOptions {
  readonly to: string
  readonly only?: readonly string[]
}
export interface ExportOptions extends KeyOptions {
  readonly recipient?: readonly string[]
}
export interface ForgetOptions extends KeyOptions {
  readonly snapshot?: readonly string[]
  readonly keepDaily?: string
  readonly keepWeekly?: string
  readonly keepMonthly?: string
}

/** `coffer backup create`: through the engine that holds the vault, wherever it runs. */
export async function backupCreate(
  client: Client,
  repo: string,
  options: CreateOptions,
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const path = resolve(repo)
  const key = await keyOf(options)
  const known = (await client.call(backupEndpoints.list, {})).items.find((each) => each.path === path)
  let recoveryKey: string | null = null
  let backup = known
  if (!backup) {
    const input: NewBackup = {
      path,
      ...key,
      withRecoveryKey: options.recoveryKey ?? false,
      withThumbnails: options.thumbnails ?? false,
      recipients: Object.fromEntries((options.recipient ?? []).map((each, index) => [`person-${index + 1}`, each])),
    }
    const made = await client.call(backupEndpoints.add, { body: input })
    backup = made.backup
    recoveryKey = made.recoveryKey
  }
  if (options.thumbnails !== undefined && options.thumbnails !== backup.withThumbnails) {
    backup = await client.call(backupEndpoints.edit, {
      params: { id: backup.id },
      body: { withThumbnails: options.thumbnails },
    })
  }
  const { id } = backup
  const started = await client.call(backupEndpoints.run, { params: { id }, body: { kind: 'create', ...key } })
  const run = await ended(client, id, started.id, output, interrupted)
  if (run.status !== 'done') {
    throw new CofferError(run.problem ?? 'The backup was stopped. The next one continues from there.', {
      code: run.status === 'cancelled' ? 'cancelled' : 'backup-unreachable',
      retry: 'later',
    })
  }
  const { result } = run
  const problems = Array.isArray(result['problems']) ? (result['problems'] as { path: string; reason: string }[]) : []
  output.answer({ ...result, repository: path, ...(recoveryKey !== null && { recoveryKey }) }, [
    ...table(problems.map((each) => [each.reason, each.path])),
    ...(recoveryKey === null ? [] : [recoveryKeyRemark, recoveryKey]),
    ...(typeof result['rolledBack'] === 'string' ? [`! ${run.problem ?? ''}`] : []),
    ...(Number(result['mended']) > 0
      ? [`${plural(Number(result['mended']), 'original was', 'originals were')} damaged in the backup and rewritten.`]
      : []),
    `${plural(Number(result['files']), 'original is', 'originals are')} in ${path} (${bytesInWords(Number(result['bytes']))}, ${bytesInWords(Number(result['addedBytes']))} of it new); ${bytesInWords(Number(result['readBackBytes']))} were read back and are intact.`,
  ])
  return problems.length === 0 && result['rolledBack'] === undefined ? exitCodes.done : exitCodes.someFailed
}

async function ended(
  client: Client,
  id: string,
  runId: string,
  output: Output,
  interrupted: AbortSignal,
): Promise<BackupRun> {
  let isStopping = false
  for (;;) {
    const { items: runs } = await client.call(backupEndpoints.runs, { params: { id } })
    const run = runs.find((each) => each.id === runId)
    if (!run) throw new CofferError('The backup was removed while it was running.', { code: 'not-found' })
    if (run.status === 'paused') {
      throw new CofferError('The backup was paused in the app. It continues from there when it is resumed.', {
        code: 'cancelled',
        retry: 'later',
      })
    }
    if (run.status !== 'running') return run
    if (interrupted.aborted && !isStopping) {
      isStopping = true
      await client.call(backupEndpoints.cancel, { params: { id } })
    }
    const now = (await client.call(backupEndpoints.read, { params: { id } })).running
    if (now && now.totalFiles > 0) output.progress(`${now.phase}: ${now.files} of ${now.totalFiles}`)
    await new Promise((done) => setTimeout(done, askEveryMs))
  }
}

export async function backupList(repo: string, options: KeyOptions, output: Output): Promise<number> {
  const { items: snapshots, damaged } = await snapshotList(await repositoryAt(repo, options))
  output.answer({ snapshots, damaged }, [
    ...table(
      snapshots.map((each) => [
        each.snapshot.slice(0, 12),
        each.createdAt.replace('T', ' ').slice(0, 16),
        plural(each.files, 'file', 'files'),
        bytesInWords(each.bytes),
      ]),
    ),
    ...damaged.map((each) => `! ${each.snapshot.slice(0, 12)}: ${each.problem}`),
    plural(snapshots.length, 'snapshot.', 'snapshots.'),
  ])
  return damaged.length === 0 ? exitCodes.done : exitCodes.someFailed
}

export async function backupCheck(
  repo: string,
  options: CheckOptions,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const sample = options.sample === undefined ? undefined : Number(options.sample.replace(/%$/, ''))
  if (sample !== undefined && !(sample >= 0 && sample <= 100)) {
    throw new CofferError('--sample must be a percentage from 0 to 100.', { code: 'wrong-usage' })
  }
  const found = await checkRepository(await repositoryAt(repo, options), {
    signal,
    ...(options.readData === true && { readData: true }),
    ...(sample !== undefined && { sample }),
    onProgress: (done, of) => output.progress(`${done} of ${of} files read`),
  })
  const isWhole = found.damage.length === 0 && found.lost.length === 0
  output.answer(found, [
    ...table(found.damage.map((each) => [each.file, each.problem])),
    ...table(found.lost.map((each) => ['lost', each.filename])),
    isWhole
      ? `${plural(found.snapshots, 'snapshot', 'snapshots')} and ${plural(found.packs, 'pack', 'packs')}: nothing is missing.`
      : `${plural(found.damage.length, 'file is', 'files are')} damaged; ${plural(found.lost.length, 'photo', 'photos')} could not be restored.`,
  ])
  return isWhole ? exitCodes.done : exitCodes.someFailed
}

export async function backupProve(
  repo: string,
  options: SnapshotOptions,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const proof = await proveSnapshot(await repositoryAt(repo, options), {
    signal,
    ...(options.snapshot !== undefined && { snapshot: options.snapshot }),
    onProgress: (now) => output.progress(`${now.files} of ${now.totalFiles} read`),
  })
  output.answer(proof, [
    ...proof.problems.map((each) => `! ${each}`),
    proof.problems.length === 0
      ? `Proven: ${plural(proof.files, 'original', 'originals')} (${bytesInWords(proof.bytes)}) and the database of ${proof.createdAt} can be restored.`
      : 'This snapshot cannot be restored completely.',
  ])
  return proof.problems.length === 0 ? exitCodes.done : exitCodes.someFailed
}

export async function backupRestore(
  repo: string,
  options: RestoreOptions,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const onProgress = (now: { readonly files: number; readonly totalFiles: number }): void =>
    output.progress(`${now.files} of ${now.totalFiles} restored`)
  const restored = (await isArchive(resolve(repo)))
    ? await restoreOneFile(repo, options, { signal, onProgress })
    : await restoreFrom(repo, options, { signal, onProgress })
  output.answer(restored, [
    ...table(restored.lost.map((each) => ['lost', each.filename])),
    `${plural(restored.files, 'original', 'originals')} of ${restored.createdAt} are in ${restored.to}.`,
  ])
  return restored.lost.length === 0 ? exitCodes.done : exitCodes.someFailed
}

type Given = Parameters<typeof restoreArchive>[3]

async function restoreFrom(repo: string, options: RestoreOptions, more: Given) {
  const repository = await repositoryAt(repo, options)
  const given = { ...more, ...(options.snapshot !== undefined && { snapshot: options.snapshot }) }
  return options.only
    ? restoreFiles(repository, options.to, options.only, given)
    : restoreVault(repository, options.to, given)
}

async function restoreOneFile(file: string, options: RestoreOptions, given: Given) {
  if (options.only || options.snapshot !== undefined) {
    throw new CofferError('A backup file is restored as a whole: leave out --only and --snapshot.', {
      code: 'wrong-usage',
    })
  }
  return restoreArchive(resolve(file), ageKeysOf(await neededKey(options)), options.to, given)
}

/** `coffer backup export`: everything in one encrypted file. */
export async function backupExport(
  client: Client,
  file: string,
  options: ExportOptions,
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const key = await keyOf(options)
  const recipients = options.recipient ?? []
  if ((key.passphrase === undefined) === (key.identity === undefined && recipients.length === 0)) {
    throw new CofferError(
      'Say what should open the file: --passphrase-file FILE, or --identity FILE and --recipient KEY.',
      { code: 'wrong-usage' },
    )
  }
  await client.call(backupFileEndpoints.write, { body: { path: resolve(file), ...key, recipients: [...recipients] } })
  let now = await client.call(backupFileEndpoints.state, {})
  for (; now.status === 'running'; now = await client.call(backupFileEndpoints.state, {})) {
    if (interrupted.aborted) await client.call(backupFileEndpoints.cancel, {})
    if (now.totalFiles > 0) output.progress(`${now.phase}: ${now.files} of ${now.totalFiles}`)
    await new Promise((done) => setTimeout(done, askEveryMs))
  }
  const { result } = now
  if (!result) {
    throw new CofferError(now.problem ?? 'The backup file was not finished and has been removed.', {
      code: now.status === 'cancelled' ? 'cancelled' : 'backup-unreachable',
      retry: 'later',
    })
  }
  output.answer({ ...result, snapshot: result.id }, [
    ...table(result.problems.map((each) => [each.reason, each.path])),
    `${plural(result.files, 'original', 'originals')} (${bytesInWords(result.bytes)}) and the database are in ${result.file} (${bytesInWords(result.addedBytes)}).`,
  ])
  return result.problems.length === 0 ? exitCodes.done : exitCodes.someFailed
}

export async function backupForget(repo: string, options: ForgetOptions, output: Output): Promise<number> {
  const hasRule = [options.keepDaily, options.keepWeekly, options.keepMonthly].some((each) => each !== undefined)
  if (options.snapshot && hasRule) {
    throw new CofferError('Either name snapshots or say what to keep, not both.', { code: 'wrong-usage' })
  }
  const which = options.snapshot
    ? { names: options.snapshot }
    : {
        keep: {
          daily: count(options.keepDaily, usualKeep.daily),
          weekly: count(options.keepWeekly, usualKeep.weekly),
          monthly: count(options.keepMonthly, usualKeep.monthly),
        },
      }
  const done = await forgetSnapshots(await repositoryAt(repo, options), which)
  output.answer(done, [
    `${plural(done.forgotten.length, 'snapshot was', 'snapshots were')} removed, ${done.left} are left. “coffer backup prune” frees their space.`,
  ])
  return exitCodes.done
}

export async function backupPrune(repo: string, options: KeyOptions, output: Output): Promise<number> {
  const done = await prune(await repositoryAt(repo, options))
  output.answer(done, [
    `${plural(done.removedPacks, 'pack was', 'packs were')} removed, ${bytesInWords(done.removedBytes)} were freed.`,
  ])
  return exitCodes.done
}

function count(text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  if (!/^\d{1,5}$/.test(text)) throw new CofferError(`“${text}” is not a number of snapshots.`, { code: 'wrong-usage' })
  return Number(text)
}
