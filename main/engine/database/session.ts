import { AsyncLocalStorage } from 'node:async_hooks'
import { isUuid } from '../base/ids.ts'
import type { Connection } from './connection.ts'
import type { Writer } from './types.ts'

export type Role =
  | { readonly kind: 'reader' | 'writer'; readonly userId: string }
  | { readonly kind: 'service' }

/** [Note: one connection] Set while a transaction's callback runs: a second one started inside would wait for ever. */
const inside = new AsyncLocalStorage<true>()

/** Throws when the caller already holds a transaction. */
export function assertOutside(): void {
  if (inside.getStore()) throw new Error('a transaction was started inside a transaction: use the tx that was lent')
}

/** One packed statement: a round trip less for each of begin, role and user. */
function beginAs(role: Role): string {
  if (role.kind === 'service') return 'begin; set local role app_service'
  if (!isUuid(role.userId)) throw new Error('that is no user id')
  const mode = role.kind === 'reader' ? 'begin read only' : 'begin'
  return `${mode}; set local app.current_user_id = '${role.userId}'; set local role app_user`
}

/** Runs `fn` in a transaction under a role; commits when it resolves, rolls back and rethrows when it throws. */
export async function inTransaction<T>(
  connection: Connection,
  role: Role,
  fn: (tx: Writer) => Promise<T>,
): Promise<T> {
  let isOpen = true
  const ask = (sql: string, params: readonly unknown[] | undefined) => {
    if (!isOpen) throw new Error('a transaction was used after it ended')
    return connection.query(sql, params ?? [])
  }
  const tx: Writer = {
    kind: 'writer',
    query: async <R extends object>(sql: string, params?: readonly unknown[]) => (await ask(sql, params)).rows as R[],
    one: async <R extends object>(sql: string, params?: readonly unknown[]) =>
      (await ask(sql, params)).rows[0] as R | undefined,
    execute: async (sql, params) => (await ask(sql, params)).affectedRows,
  }
  await connection.exec(beginAs(role))
  try {
    const result = await inside.run(true, () => fn(tx))
    isOpen = false
    await connection.exec('commit')
    return result
  } catch (error) {
    isOpen = false
    await connection.exec('rollback').catch(() => {})
    throw error
  }
}
