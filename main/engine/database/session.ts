import { AsyncLocalStorage } from 'node:async_hooks'
import { isUuid } from '../base/ids.ts'
import type { Connection } from './connection/connection.ts'
import type { Writer } from './types.ts'

export type Role =
  | { readonly kind: 'reader' | 'writer'; readonly userId: string }
  | { readonly kind: 'service' }
  | { readonly kind: 'owner' }

/**
 * [Note: one connection] What runs inside a transaction's callback carries this: a second transaction started there
 * would wait for ever. Work that outlives the callback (a timer, a job it woke) inherits it too, hence `isOpen`.
 */
const inside = new AsyncLocalStorage<{ isOpen: boolean }>()

/** Throws when the caller already holds a transaction. */
export function assertOutside(): void {
  if (inside.getStore()?.isOpen === true) {
    throw new Error('a transaction was started inside a transaction: use the tx that was lent')
  }
}

/** Runs what is lent a session: a transaction started in it throws. */
export async function lend<T>(fn: () => Promise<T>): Promise<T> {
  const scope = { isOpen: true }
  try {
    return await inside.run(scope, fn)
  } finally {
    scope.isOpen = false
  }
}

/** One packed statement: a round trip less for each of begin, role and user. */
function beginAs(role: Role): string {
  if (role.kind === 'owner') return 'begin'
  if (role.kind === 'service') return 'begin; set local role app_service'
  // SET takes no parameters, so nothing but a UUID may come here.
  if (!isUuid(role.userId)) throw new Error('that is no user id')
  const mode = role.kind === 'reader' ? 'begin read only' : 'begin'
  return `${mode}; set local app.current_user_id = '${role.userId}'; set local role app_user`
}

/**
 * Runs `fn` in a transaction under a role; commits when it resolves, rolls back and rethrows when it throws. Adds
 * the topics it announces to `announced`, each with its subjects.
 */
export async function inTransaction<T>(
  connection: Connection,
  role: Role,
  fn: (tx: Writer) => Promise<T>,
  announced = new Map<string, Set<string>>(),
): Promise<T> {
  const begin = beginAs(role)
  const scope = { isOpen: true }
  let failure: unknown
  const ask = async (sql: string, params: readonly unknown[] = []) => {
    if (!scope.isOpen) throw new Error('a transaction was used after it ended')
    try {
      const answer = await connection.query(sql, params)
      // Only a rollback to a savepoint succeeds after a failure, and then all is well again.
      failure = undefined
      return answer
    } catch (error) {
      failure ??= error
      throw error
    }
  }
  const tx: Writer = {
    kind: 'writer',
    query: async <R extends object>(sql: string, params?: readonly unknown[]) => (await ask(sql, params)).rows as R[],
    one: async <R extends object>(sql: string, params?: readonly unknown[]) =>
      (await ask(sql, params)).rows[0] as R | undefined,
    execute: async (sql, params) => (await ask(sql, params)).affectedRows,
    announce(topic, subject) {
      const subjects = announced.get(topic) ?? new Set()
      announced.set(topic, subject === undefined ? subjects : subjects.add(subject))
    },
  }
  try {
    await connection.exec(begin)
    const result = await inside.run(scope, () => fn(tx))
    scope.isOpen = false
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error: nothing would be saved, silently.
    if (failure !== undefined) throw failure
    await connection.exec('commit')
    return result
  } catch (error) {
    scope.isOpen = false
    await connection.exec('rollback').catch(() => {})
    throw error
  }
}
