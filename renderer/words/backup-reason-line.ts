import { errorCodeSchema, type BackupReason, type ErrorCode } from '../../main/contract/index.ts'
import { dayName } from './format.ts'
import { language } from './locale.ts'
import { say } from './say.ts'

/** Why a backup failed, or what it found, in the person's language. */
export function backupReasonLine({ code, details }: BackupReason): string {
  if (code === 'error')
    return failureLine(errorCodeSchema.safeParse(details['code']).data ?? null, String(details['text']))
  const date = typeof details['date'] === 'string' ? dayName(details['date']) : ''
  return say(`backupReason.${code}`, { files: 0, lost: 0, count: 0, text: '', ...details, date })
}

/** What ended something long: the engine's own sentence for those who read English, else the one of its code. */
export function failureLine(code: ErrorCode | null, text: string | null): string {
  if (language === 'en' && text !== null) return text
  return code === null ? say('problem') : say(`problem.${code}`)
}
