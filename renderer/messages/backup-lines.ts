import type { Backup, BackupProgressNow, BackupRun } from '../../main/contract/index.ts'
import { lastProven, lastSaved, stateOfAll } from '../data/backups.ts'
import { backupReasonLine } from './backup-reason-line.ts'
import { bytes, dayName, duration, number } from './format.ts'
import { t } from './translate.ts'

/** What a run is doing, with its figures. */
export function progressLine(now: BackupProgressNow): string {
  const { kind, phase, files, totalFiles } = now
  if (kind === 'prune') return t('backups.now.prune')
  if (kind === 'check') return totalFiles > 0 ? t('backups.now.read', { files, totalFiles }) : t('backups.now.check')
  if (kind === 'prove')
    return totalFiles > 0 ? t('backups.now.proveFiles', { files, totalFiles }) : t('backups.now.prove')
  if (phase === 'snapshot') return t('backups.now.snapshot')
  if (phase === 'sample') return t('backups.now.sample')
  if (phase !== 'originals' || totalFiles === 0) return t('backups.now.database')
  return [
    t('backups.now.save', { files, totalFiles }),
    t('imports.bytesOf', { done: bytes(now.bytes), total: bytes(now.totalBytes) }),
  ].join(' · ')
}

/** "48 MB/s · about 3 min left"; null until a rate can be told. */
export function speedLine({ bytesPerSecond, secondsLeft }: BackupProgressNow): string | null {
  const parts = [
    bytesPerSecond === null ? null : t('running.rate', { rate: bytes(bytesPerSecond) }),
    secondsLeft === null ? null : t('running.left', { duration: duration(secondsLeft) }),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' · ')
}

/** How far a backup was when it was paused. */
export function pausedLine({ files, totalFiles, bytes: done, totalBytes }: NonNullable<Backup['paused']>): string {
  if (totalFiles === 0) return t('backups.pausedEarly')
  return [
    t('backups.pausedAt', { files, totalFiles }),
    t('imports.bytesOf', { done: bytes(done), total: bytes(totalBytes) }),
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
  if (status === 'running') return t('backups.run.running')
  if (status === 'paused') return t('backups.run.paused')
  if (status === 'cancelled') return t('backups.run.cancelled')
  const figure = (name: string): number => (typeof result[name] === 'number' ? result[name] : 0)
  const parts: (string | null)[] = [reason === null ? null : backupReasonLine(reason)]
  if (status === 'done' && kind === 'create') {
    parts.push(
      t('files', { count: figure('files') }),
      t('backups.run.added', { size: bytes(figure('addedBytes')) }),
      figure('mended') > 0 ? t('backups.run.mended', { count: figure('mended') }) : null,
      figure('readBackBytes') > 0 ? t('backups.run.readBack', { size: bytes(figure('readBackBytes')) }) : null,
      figure('forgotten') > 0 ? t('backups.run.forgotten', { count: figure('forgotten') }) : null,
      duration(figure('seconds')),
    )
  } else if (status === 'done' && kind === 'check') {
    parts.push(
      t('backups.snapshots', { count: figure('snapshots') }),
      bytes(figure('bytes')),
      figure('read') > 0 ? t('backups.run.read', { count: figure('read') }) : null,
      reason === null ? t('backups.run.whole') : null,
    )
  } else if (status === 'done' && kind === 'prove') {
    parts.push(t('backups.run.proven', { count: figure('provenFiles') }), duration(figure('provenSeconds')))
  } else if (status === 'done') {
    parts.push(
      t('backups.run.forgotten', { count: figure('forgotten') }),
      t('backups.run.freed', { size: bytes(figure('removedBytes')) }),
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
      return t('backups.standing.running')
    case 'paused':
      return t('backups.standing.paused')
    case 'failing':
      return t('backups.standing.failing')
    case 'stale':
      return saved === null ? t('backups.standing.never') : t('backups.standing.stale', { day: dayName(saved) })
    case 'empty':
      return t('backups.standing.empty')
    case 'proven':
    case 'saved':
      return proven === null ? t('backups.standing.unproven') : t('backups.standing.proven', { day: dayName(proven) })
  }
}

/** "61 files · 35 MB", as they were saved last. */
export function contentsOf({ lastFiles, lastBytes }: Backup): string {
  if (lastFiles === null) return t('backups.nothingYet')
  return [t('files', { count: lastFiles }), lastBytes === null ? null : bytes(lastBytes)]
    .filter((part) => part !== null)
    .join(' · ')
}

export function keepLine({ keep }: Backup): string {
  return t('backups.keepLine', {
    daily: number(keep.daily),
    weekly: number(keep.weekly),
    monthly: number(keep.monthly),
  })
}
