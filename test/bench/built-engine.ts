import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { engineEnvironment, engineFlags } from '../../main/contract/index.ts'
import { binOf } from '../../main/launch/checkout.ts'
import { projectRoot } from '../support/folders.ts'
import { runProgram } from './run-program.ts'
import { overWire } from '../support/wire.ts'

/** The engine as it is shipped, in a process of its own. */
export interface BuiltEngine {
  readonly pid: number
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
  stop(): Promise<void>
}

/** Builds what is measured: run from source, the engine would also hold the compiler that strips its types. */
export function buildEngine(): Promise<void> {
  const config = join(projectRoot, 'main/engine/vite.config.ts')
  return runProgram(process.execPath, [binOf('vite'), 'build', '--config', config, '--logLevel', 'warn'])
}

/** Starts the built engine as the app does: a secret on stdin, the socket on stdout. */
export async function startBuiltEngine(vault: string, stateDir: string): Promise<BuiltEngine> {
  const secret = randomBytes(32).toString('hex')
  const entry = join(projectRoot, 'out/engine/index.js')
  const child = spawn(process.execPath, [...engineFlags, entry, '--state-dir', stateDir, '--vault', vault], {
    env: { ...engineEnvironment, ...process.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  child.stdin.write(`${JSON.stringify({ secret })}\n`)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { socket } = JSON.parse(line) as { socket: string }
  return {
    pid: child.pid ?? 0,
    ask: (method, path, body) => overSocket(socket, secret, method, path, body),
    async stop() {
      child.stdin.end()
      await exited
    },
  }
}

async function overSocket<T>(
  socketPath: string,
  secret: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const { sent, received } = overWire(method, path, body)
  const headers = { 'x-coffer-secret': secret, 'content-type': 'application/json' }
  const outgoing = request({ socketPath, method, path: `/api/v1${path}`, headers })
  const answered = once(outgoing, 'response')
  outgoing.end(sent)
  const [incoming] = (await answered) as [AsyncIterable<Buffer>]
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return received(Buffer.concat(chunks).toString()) as T
}
