import { stat } from 'node:fs/promises'
import type { Backup, Import, KnownProblem } from '../../contract/index.ts'
import type { StillHurt, Unhealed } from '../backup/index.ts'
import { plural } from '../base/plural.ts'
import { fromElsewhere } from '../database/index.ts'
import { userFolders } from '../files/index.ts'
import { englishReason } from '../base/english-reason.ts'
import { readAs } from './context.ts'
import type { Caller } from './gate.ts'

/** What is wrong with a vault as such, for the person who asks. */
export async function problemsOf(caller: Caller): Promise<KnownProblem[]> {
  const { vault, userId } = caller
  const kept = await readAs(caller, (tx) => tx.one(`select 1 as x from vault.media where storage = 'vault' limit 1`))
  const { media } = userFolders(vault.dir, userId)
  const isGone =
    kept !== undefined &&
    !(await stat(media).then(
      (facts) => facts.isDirectory(),
      () => false,
    ))
  return [
    ...(vault.database.isOwn ? [] : [fromElsewhere]),
    ...(isGone ? [withoutOriginals(media)] : []),
    ...(await vault.database.health()),
  ]
}

function withoutOriginals(folder: string): KnownProblem {
  return {
    code: 'original-damaged',
    message: `The folder with your originals is missing (${folder}). Put it back, or restore the vault from a backup.`,
    details: { why: 'no-folder', path: folder },
  }
}

type Why = Unhealed | 'untried'

/** What to do about originals that are hurt, for one (`it`) and for several. */
const remedies: Readonly<Record<Why, (it: 'it' | 'them') => string>> = {
  'no-backup': (it) => `No backup has ${it}.`,
  'needs-key': (it) =>
    `A backup may have ${it}, but its passphrase is needed: run “coffer doctor --passphrase-file FILE”, or open the backup in Coffer.`,
  unreachable: (it) =>
    `A backup may have ${it}, but it cannot be reached. Connect its drive, then run “coffer doctor”.`,
  elsewhere: (it) =>
    it === 'it'
      ? 'It is outside the vault. Connect the drive it is on, or put it back there.'
      : 'They are outside the vault. Connect the drive they are on, or put them back there.',
  untried: () => 'Run “coffer doctor” to restore whatever a backup has.',
}

/** Originals on record as hurt, counted by why they were not brought back. */
export function hurtOriginals(hurt: Partial<Record<Why, number>>): KnownProblem[] {
  const entries = Object.entries(remedies) as [Why, (typeof remedies)[Why]][]
  return entries.flatMap(([why, remedy]) => {
    const count = hurt[why] ?? 0
    if (count === 0) return []
    const which = `${plural(count, 'original is', 'originals are')} missing or damaged.`
    return [{ code: 'original-damaged', message: `${which} ${remedy('them')}`, details: { count, why } }]
  })
}

/** One original that doctor could not bring back. */
export function stillHurt({ path, problem, unhealed }: StillHurt): KnownProblem {
  return {
    code: `file-${problem}`,
    message: `${path} is ${problem}. ${remedies[unhealed]('it')}`,
    details: { path, why: unhealed },
  }
}

export function unknownFile(path: string): KnownProblem {
  return { code: 'file-unknown', message: `${path}: this file does not belong to any photo.`, details: { path } }
}

export function failingBackup({ problem, reason }: Backup): KnownProblem[] {
  if (problem === null || reason === null) return []
  return [{ code: 'backup', message: problem, details: { ...reason.details, reason: reason.code } }]
}

export function waitingImport({ problem }: Import): KnownProblem[] {
  if (!problem) return []
  const details = { ...problem.details, reason: problem.code }
  return [{ code: 'import-waits', message: englishReason(problem), details }]
}

export function changedLog(brokenAt: number | null): KnownProblem[] {
  if (brokenAt === null) return []
  const message = `Line ${brokenAt} of the activity log has been altered.`
  return [{ code: 'audit-changed', message, details: { line: brokenAt } }]
}
