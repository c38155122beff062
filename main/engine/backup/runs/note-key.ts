import type { Writer } from '../../database/index.ts'
import { record } from '../../objects/index.ts'

/** Writes down what became of a way into a backup, by its name alone. */
export async function noteKey(
  tx: Writer,
  userId: string,
  id: string,
  done: 'added' | 'replaced' | 'removed',
  name: string,
): Promise<void> {
  await record(tx, { userId, action: `backups.key-${done}`, ids: [id], change: 'changed', details: { name } })
}
