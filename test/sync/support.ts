import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'vitest'
import type { Connection, ConnectionSignIn, DeadLetter, NewSignIn, Post, SyncRun } from '../../main/contract/index.ts'
import { startEngine, type EngineOptions } from '../../main/engine/engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { vaultOver, type TestVault } from '../support/engine.ts'
import { browse } from './fake-service.ts'

export interface SyncVault extends TestVault {
  connect(input: object): Promise<Connection>
  /** Waits until no sync of a connection runs or is due now, and answers it. */
  synced(id: string): Promise<Connection>
  /** Syncs it and waits for the end. */
  sync(id: string): Promise<Connection>
  posts(query?: string): Promise<Post[]>
  runs(id: string): Promise<SyncRun[]>
  letters(id: string): Promise<DeadLetter[]>
}

/** An engine with a new vault that can keep tokens, and with a network of its own where one is given. */
export async function syncVault(
  t: TestContext,
  options: Partial<EngineOptions> & { readonly folder?: string } = {},
): Promise<SyncVault> {
  const folder = options.folder ?? (await temporaryFolder(t))
  const dir = join(folder, 'vault')
  const engine = startEngine({
    stateDir: null,
    isWatching: true,
    storeKey: randomBytes(32).toString('hex'),
    ...options,
  })
  t.onTestFinished(() => engine.close())
  if (options.folder === undefined) await engine.create(dir, { username: 'ann' })
  else await engine.open(dir, { trust: true })
  const vault = vaultOver(engine, dir, folder)
  const must = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await vault.ask<T>(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  async function synced(id: string): Promise<Connection> {
    for (;;) {
      await vault.engine.vault().jobs.settled()
      const now = await vault.get<Connection>(`/connections/${id}`)
      const isPlanned = now.nextSyncAt !== null && Date.parse(now.nextSyncAt) <= Date.now()
      if (now.running === null && !isPlanned) return now
      await pause(20)
    }
  }
  return {
    ...vault,
    async connect(input) {
      const made = await must<Connection>('POST', '/connections', input)
      return synced(made.id)
    },
    synced,
    async sync(id) {
      await must('POST', `/connections/${id}/sync`)
      return synced(id)
    },
    posts: async (query = '') => (await must<{ items: Post[] }>('GET', `/posts/feed?limit=500${query}`)).items,
    runs: async (id) => (await must<{ items: SyncRun[] }>('GET', `/connections/${id}/runs`)).items,
    letters: async (id) => (await must<{ items: DeadLetter[] }>('GET', `/connections/${id}/dead-letters`)).items,
  }
}

/** Signs in as somebody does in the browser, and waits for the first sync. */
export async function signedIn(
  vault: SyncVault,
  input: NewSignIn,
  network: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Connection> {
  const { status, body } = await vault.ask<ConnectionSignIn>('POST', '/connections/sign-ins', input)
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  await browse(body.url, network)
  for (;;) {
    const now = await vault.get<ConnectionSignIn>(`/connections/sign-ins/${body.id}`)
    if (now.state === 'done' && now.connectionId !== null) return vault.synced(now.connectionId)
    if (now.state !== 'waiting') throw new Error(JSON.stringify(now))
    await pause(10)
  }
}

/** Changes where a connection stands, as time would. */
export async function setCursor(
  vault: SyncVault,
  id: string,
  change: (cursor: Record<string, unknown>) => unknown,
): Promise<void> {
  await vault.engine.vault().database.asService(async (tx) => {
    const row = await tx.one<{ cursor: string }>(`select sync_cursor as cursor from core.integrations where id = $1`, [
      id,
    ])
    const changed = change(JSON.parse(row?.cursor ?? 'null') as Record<string, unknown>)
    const text = typeof changed === 'string' ? changed : JSON.stringify(changed)
    await tx.execute(`update core.integrations set sync_cursor = $2 where id = $1`, [id, text])
  })
}

/** Makes the planned sync of a connection due now, as time would. */
export async function makeDue(vault: SyncVault, id: string): Promise<void> {
  await vault.engine.vault().database.asService(async (tx) => {
    await tx.execute(`update meta.jobs set run_after = now() where lane = $1 and status = 'queued'`, [id])
    await tx.execute(`update core.integrations set next_sync_at = now() where id = $1`, [id])
    tx.announce('jobs')
  })
}
