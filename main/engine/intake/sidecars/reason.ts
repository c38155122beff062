import type { Reason } from '../../../contract/index.ts'
import { reason } from '../../files/index.ts'

/** Why a sidecar is listed: what in it was used, or that it is kept all the same. `name` is its photo's. */
export function keptReason(fields: readonly string[], name: string): Reason {
  return reason(fields.length > 0 ? 'sidecar-read' : 'sidecar-kept', { name })
}
