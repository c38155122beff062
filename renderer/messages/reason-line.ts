import type { Reason } from '../../main/contract/index.ts'
import { bytes } from './format.ts'
import { t } from './translate.ts'

/** Values a sentence may want; one that a row of an earlier version lacks leaves a gap, not an error. */
const absent = { name: '', code: '', text: '', used: '', quota: '', count: 0, seconds: 0 }

/** Why a file, an import or a watched folder is as it is, in the person's language. */
export function reasonLine({ code, details }: Reason): string {
  const sizes =
    code === 'no-room' ? { used: bytes(Number(details['used'])), quota: bytes(Number(details['quota'])) } : {}
  return t(`reason.${code}`, { ...absent, ...details, ...sizes })
}
