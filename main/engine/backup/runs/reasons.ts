import { backupReasonSchema, type BackupReason } from '../../../contract/index.ts'

type Details = BackupReason['details']

/** English for the command line; the window has its own words for the same codes. */
const sentences: Readonly<Record<BackupReason['code'], (details: Details) => string>> = {
  damaged: ({ files, lost }) => `The check found ${files} damaged files and ${lost} photos that could not be restored.`,
  'not-saved': ({ count }) =>
    `${count} originals are missing or damaged in the vault and could not be backed up. Everything else is safe.`,
  'set-back': ({ date }) =>
    `The newest snapshot this vault made here, of ${date}, is gone. It was removed, or an older copy of the backup is in its place.`,
  failed: () => 'The backup failed. Everything saved so far is kept.',
  error: ({ text }) => String(text ?? ''),
  noted: ({ text }) => String(text ?? ''),
}

/** A reason as it is stored with a run. */
export function storedReason(reason: BackupReason | null): string | null {
  return reason === null ? null : JSON.stringify(reason)
}

/** What was stored, as a code and as an English sentence. Earlier versions stored a sentence alone. */
export function reasonOf(stored: string | null): { reason: BackupReason | null; problem: string | null } {
  if (stored === null) return { reason: null, problem: null }
  const reason = parsed(stored) ?? { code: 'noted' as const, details: { text: stored } }
  return { reason, problem: sentences[reason.code](reason.details) }
}

function parsed(stored: string): BackupReason | null {
  if (!stored.startsWith('{')) return null
  try {
    return backupReasonSchema.safeParse(JSON.parse(stored)).data ?? null
  } catch {
    // A sentence that begins with a brace is a sentence.
    return null
  }
}
