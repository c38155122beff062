import type { Backup, BackupProgressNow, BackupRun } from '../../main/contract/index.ts'
import { lastProven, lastSaved, stateOfAll } from '../engine/backups.ts'
import { backupReasonLine } from './backup-reason-line.ts'
import { bytes, dayName, duration, number } from './format.ts'
import { say } from './say.ts'

/** What a run is doing, with its figures. */
export function progressLine(now: BackupProgressNow): string {
  const { kind, phase, files, totalFiles } = now
  if (kind === 'prune') return say('backups.now.prune')
  if (kind === 'check')
    return totalFiles > 0 ? say('backups.now.read', { files, totalFiles }) : say('backups.now.check')
  if (kind === 'prove')
    return totalFiles > 0 ? say('backups.now.proveFiles', { files, totalFiles }) : say('backups.now.prove')
  if (phase === 'snapshot') return say('backups.now.snapshot')
  if (phase === 'sample') return say('backups.now.sample')
  if (phase !== 'originals' || totalFiles === 0) return say('backups.now.database')
  return [
    say('backups.now.save', { files, totalFiles }),
    say('imports.bytesOf', { done: bytes(now.bytes), total: bytes(now.totalBytes) }),
  ].join(' · ')
}

/** "48 MB/s · about 3 min left"; null until a rate can be told. */
export function speedLine({ bytesPerSecond, secondsLeft }: BackupProgressNow): string | null {
  const parts = [
    bytesPerSecond === null ? null : say('running.rate', { rate: bytes(bytesPerSecond) }),
    secondsLeft === null ? null : say('running.left', { duration: duration(secondsLeft) }),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** How far a backup was when it was paused. */
export function pausedLine({ files, totalFiles, bytes: done, totalBytes }: NonNullable<Backup['paused']>): string {
  if (totalFiles === 0) return say('backups.pausedEarly')
  return [
    say('backups.pausedAt', { files, totalFiles }),
    say('imports.bytesOf', { done: bytes(done), total: bytes(totalBytes) }),
  ].join(' · ')
}

/** From 0 to 1; null where there is nothing to count. */
export function shareOf({
  files,
  totalFiles,
  bytes,
  totalBytes,
  phase,
}: Omit<BackupProgressNow, 'kind' | 'bytesPerSecond' | 'secondsLeft'>): number | null {
  if (phase === 'snapshot' || phase === 'sample') return 1
  if (totalBytes > 0) return bytes / totalBytes
  return totalFiles > 0 ? files / totalFiles : null
}

/** What came of a run. */
export function runFigures({ kind, status, result, reason }: BackupRun): string {
  if (status === 'running') return say('backups.run.running')
  if (status === 'paused') return say('backups.run.paused')
  if (status === 'cancelled') return say('backups.run.cancelled')
  const figure = (name: string): number => (typeof result[name] === 'number' ? result[name] : 0)
  const parts: (string | null)[] = [reason === null ? null : backupReasonLine(reason)]
  if (status === 'done' && kind === 'create') {
    parts.push(
      say('files', { count: figure('files') }),
      say('backups.run.added', { size: bytes(figure('addedBytes')) }),
      figure('mended') > 0 ? say('backups.run.mended', { count: figure('mended') }) : null,
      figure('readBackBytes') > 0 ? say('backups.run.readBack', { size: bytes(figure('readBackBytes')) }) : null,
      figure('forgotten') > 0 ? say('backups.run.forgotten', { count: figure('forgotten') }) : null,
      duration(figure('seconds')),
    )
  } else if (status === 'done' && kind === 'check') {
    parts.push(
      say('backups.snapshots', { count: figure('snapshots') }),
      bytes(figure('bytes')),
      figure('read') > 0 ? say('backups.run.read', { count: figure('read') }) : null,
      reason === null ? say('backups.run.whole') : null,
    )
  } else if (status === 'done' && kind === 'prove') {
    parts.push(say('backups.run.proven', { count: figure('provenFiles') }), duration(figure('provenSeconds')))
  } else if (status === 'done') {
    parts.push(
      say('backups.run.forgotten', { count: figure('forgotten') }),
      say('backups.run.freed', { size: bytes(figure('removedBytes')) }),
    )
  }
  return parts.filter((part) => part !== null).join(' · ')
}

/** How the backups stand, in the words of a tooltip. */
export function standingOf(backups: readonly Backup[]): string | null {
  const saved = lastSaved(backups)
  const proven = lastProven(backups)
  switch (stateOfAll(backups)) {
    case null:
      return null
    case 'running':
      return say('backups.standing.running')
    case 'paused':
      return say('backups.standing.paused')
    case 'failing':
      return say('backups.standing.failing')
    case 'stale':
      return saved === null ? say('backups.standing.never') : say('backups.standing.stale', { day: dayName(saved) })
    case 'empty':
      return say('backups.standing.empty')
    case 'proven':
    case 'saved':
      return proven === null
        ? say('backups.standing.unproven')
        : say('backups.standing.proven', { day: dayName(proven) })
  }
}

/** "61 files · 35 MB", as they were saved last. */
export function contentsOf({ lastFiles, lastBytes }: Backup): string {
  if (lastFiles === null) return say('backups.nothingYet')
  return [say('files', { count: lastFiles }), lastBytes === null ? null : bytes(lastBytes)]
    .filter((part) => part !== null)
    .join(' · ')
}

export function keepLine({ keep }: Backup): string {
  return say('backups.keepLine', {
    daily: number(keep.daily),
    weekly: number(keep.weekly),
    monthly: number(keep.monthly),
  })
}
