import {
  backupReasonSchema,
  errorCodeSchema,
  reasonSchema,
  type DoctorReport,
  type KnownProblem,
} from '../../main/contract/index.ts'
import { backupReasonLine } from './backup-reason-line.ts'
import { language } from './locale.ts'
import { reasonLine } from './reason-line.ts'
import { t } from './translate.ts'

const whys = ['no-backup', 'needs-key', 'unreachable', 'elsewhere', 'untried', 'no-folder'] as const
type Why = (typeof whys)[number]

/** What status or doctor found wrong, in the person's language. */
export function troubleLine({ code, message, details = {} }: KnownProblem): string {
  if (language === 'en') return message
  const why = whys.find((each) => each === details['why']) ?? 'untried'
  const path = String(details['path'] ?? '')
  switch (code) {
    case 'original-damaged':
      return ofOriginals(why, Number(details['count'] ?? 1), path)
    case 'file-missing':
    case 'file-damaged':
      return `${path}: ${ofOriginals(why, 1, path)}`
    case 'file-unknown':
      return t('health.orphan', { path })
    case 'audit-changed':
      return t('trouble.audit-changed', { line: Number(details['line'] ?? 0) })
    case 'job-parked':
      return t('trouble.job-parked')
    case 'backup':
    case 'import-waits':
      return ofReason(details) ?? t('problem')
    default: {
      const known = errorCodeSchema.safeParse(code).data
      return t(known ? `problem.${known}` : 'problem')
    }
  }
}

function ofOriginals(why: Why, count: number, path: string): string {
  return why === 'no-folder' ? t('trouble.no-folder', { path }) : t(`trouble.${why}`, { count })
}

function ofReason({ reason, ...details }: NonNullable<KnownProblem['details']>): string | null {
  const ofBackup = backupReasonSchema.safeParse({ code: reason, details }).data
  if (ofBackup) return backupReasonLine(ofBackup)
  const ofImport = reasonSchema.safeParse({ code: reason, details }).data
  return ofImport ? reasonLine(ofImport) : null
}

/** What doctor put right: in its own sentences for those who read English. */
export function repairLines({ repaired }: DoctorReport): readonly string[] {
  if (language === 'en' || repaired.length === 0) return repaired
  return [t('health.repaired', { count: repaired.length })]
}
