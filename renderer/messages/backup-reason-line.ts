import { errorCodeSchema, type BackupReason } from '../../main/contract/index.ts'
import { dayName } from './format.ts'
import { failureLine } from './problem-line.ts'
import { t } from './translate.ts'

/** Why a backup failed, or what it found, in the person's language. */
export function backupReasonLine({ code, details }: BackupReason): string {
  if (code === 'error')
    return failureLine(errorCodeSchema.safeParse(details['code']).data ?? null, String(details['text']))
  const date = typeof details['date'] === 'string' ? dayName(details['date']) : ''
  return t(`backupReason.${code}`, { files: 0, lost: 0, count: 0, text: '', ...details, date })
}
