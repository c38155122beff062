import type { Reason, ReasonCode } from '../../contract/index.ts'
import { systemCode } from '../base/errors.ts'

/** A reason by its code, with what its sentence needs. */
export function reason(code: ReasonCode, details: Reason['details'] = {}): Reason {
  return { code, details }
}

const bySystemCode: Readonly<Record<string, ReasonCode>> = {
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  EISDIR: 'not-a-file',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EBUSY: 'in-use',
  ETXTBSY: 'in-use',
  ELOOP: 'broken-link',
  EIO: 'disk-error',
  ENAMETOOLONG: 'path-too-long',
  'file-changing': 'still-written',
}

/** Why the system would not let us read a file or folder. */
export function reasonOf(error: unknown): Reason {
  const code = systemCode(error) ?? 'unknown'
  const known = bySystemCode[code]
  return known ? reason(known) : reason('unreadable', { code })
}
