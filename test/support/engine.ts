import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'vitest'
import { apiRoot, type Import, type SignedInAnswer, type StartImport } from '../../main/contract/index.ts'
import { startEngine, type Engine } from '../../main/engine/engine.ts'
import { temporaryFolder } from './folders.ts'
import { overWire } from './wire.ts'

export interface TestVault {
  readonly engine: Engine
  readonly dir: string
  readonly folder: string
  /** Asks under the names of TypeScript, as the window and the command line do; `raw` shows what travels. */
  ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>
  get<T>(path: string): Promise<T>
  /** The same vault for somebody who signs in. */
  as(username: string, password?: string): Promise<TestVault>
  /** The same, with the answer as it came. */
  raw(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }>
  /** Calls back with the data of every event until the signal. */
  listen(hear: (event: string) => void, signal: AbortSignal): Promise<void>
  /** Starts an import and waits until it has ended or stopped. */
  import(input: StartImport): Promise<Import>
  until(importId: string, isThere: (now: Import) => boolean): Promise<Import>
}

/** An engine in this process with a new vault; both go when the test ends. */
export async function testVault(t: TestContext): Promise<TestVault> {
  const folder = await temporaryFolder(t)
  const dir = join(folder, 'vault')
  const engine = startEngine({ stateDir: null, isWatching: true })
  t.onTestFinished(() => engine.close())
  await engine.create(dir, { username: 'ann' })
  return vaultOver(engine, dir, folder)
}

export function vaultOver(engine: Engine, dir: string, folder: string, accessToken?: string): TestVault {
  const headers = {
    'x-coffer-secret': engine.secret,
    'content-type': 'application/json',
    ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  }
  async function raw(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> {
    const response = await engine.fetch(
      new Request(`http://coffer${apiRoot}${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    return { status: response.status, body: await response.text() }
  }
  async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const { sent, received } = overWire(method, path, body)
    const answer = await raw(method, path, sent === undefined ? undefined : JSON.parse(sent))
    return { status: answer.status, body: received(answer.body) as T }
  }
  const get = async <T>(path: string): Promise<T> => (await ask<T>('GET', path)).body
  async function until(importId: string, isThere: (now: Import) => boolean): Promise<Import> {
    for (;;) {
      const now = await get<Import>(`/imports/${importId}`)
      if (isThere(now)) return now
      await pause(10)
    }
  }
  return {
    engine,
    dir,
    folder,
    ask,
    get,
    until,
    raw,
    async listen(hear, signal) {
      const stream = await engine.fetch(new Request('http://coffer/api/v1/events', { headers, signal }))
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
      signal.addEventListener('abort', () => void reader?.cancel().catch(() => {}), { once: true })
      let text = ''
      for (;;) {
        const next = await reader?.read().catch(() => undefined)
        if (!next || next.done) return
        text += next.value
        const lines = text.split('\n')
        text = lines.pop() ?? ''
        for (const line of lines) if (line.startsWith('data: ')) hear(line.slice(6))
      }
    },
    async as(username, password) {
      const body = { username, ...(password !== undefined && { password }) }
      const signedIn = await ask<SignedInAnswer>('POST', '/sessions', body)
      if (signedIn.status !== 201) throw new Error(JSON.stringify(signedIn.body))
      return vaultOver(engine, dir, folder, signedIn.body.tokens?.accessToken)
    },
    async import(input) {
      const started = await ask<Import>('POST', '/imports', input)
      if (started.status !== 202) throw new Error(JSON.stringify(started.body))
      return until(started.body.id, (now) => now.status !== 'running')
    },
  }
}
