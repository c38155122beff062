import { recordChanges } from '../../changes/index.ts'
import type { Writer } from '../../database/index.ts'
import { audit } from '../../objects/index.ts'

/** Writes down what became of a way into a backup, by its name alone. */
export async function noteKey(
  tx: Writer,
  userId: string,
  id: string,
  done: 'added' | 'replaced' | 'removed',
  name: string,
): Promise<void> {
  await recordChanges(tx, userId, [{ noun: 'backups', objectId: id, kind: 'changed' }])
  await audit(tx, userId, `backups.key-${done}`, { type: 'backups', id }, { name })
}
